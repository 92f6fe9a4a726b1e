import { spawn, type ChildProcess } from "node:child_process";
import { beforeEach, expect, test } from "vitest";
import { text } from "node:stream/consumers";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder();

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
  await pipeline.declare({ acme: { amazonS3: s3From("KEY") }, beta: { amazonS3: s3From("KEY") } });
});

/** Runs the built command in a process group of its own, as a terminal does. */
function begin(...args: readonly string[]) {
  const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;
  const child = spawn(process.execPath, [main, ...args], {
    cwd: pipeline.folder,
    env: { ...process.env, NO_COLOR: "1", ...pipeline.environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  const output = Promise.all([text(child.stdout), text(child.stderr)]).then((texts) => texts.join("\n"));
  return { child, ended, output };
}

function signal(child: ChildProcess, name: NodeJS.Signals, whole: boolean): void {
  if (child.pid !== undefined) process.kill(whole ? -child.pid : child.pid, name);
}

test.each([
  ["SIGINT", "the process", "up"],
  ["SIGINT", "its whole group", "up"],
  ["SIGTERM", "the process", "up"],
  ["SIGTERM", "its whole group", "rotate"],
  ["SIGINT", "the process", "rotate"],
] as const)(
  "%s to %s ends %s with 130, and one more run agrees with the service",
  { timeout: 300_000 },
  async (name, to, verb) => {
    const { emulator } = pipeline;
    if (verb === "rotate") {
      await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
      pipeline.env = { KEY: "key-of-generation-2" };
    }
    emulator.clearRequests();
    const change = verb === "up" ? "create" : "edit";
    const begun = emulator.waitFor(({ call }) => call === change);
    // Nothing comes up by itself: a run that waited for it would not end.
    emulator.fault({ call: change, times: 2, do: "stuck" });
    const args = verb === "rotate" ? ["--no-rollback", "--wave", "1"] : [];
    const { child, ended, output } = begin(verb, "--stack", "prod", "--yes", ...args);
    await begun;
    signal(child, name, to === "its whole group");
    const code = await ended;
    const said = await output;
    expect(code, said).toBe(130);

    emulator.clearFaults();
    void emulator
      .waitFor(({ call }) => call === "list")
      .then(() => {
        for (const each of emulator.names()) emulator.interfere(each, { status: "RUNNING" });
      });
    const again = await pipeline.cli(verb, "--stack", "prod", "--yes", "--quiet", ...args);
    expect(again.code, again.stdout + again.stderr).toBe(0);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING" });
    expect(emulator.connector("beta")).toMatchObject({ status: "RUNNING" });
    emulator.clearRequests();
    const settled = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    expect(settled.stdout).toBe("Stack prod: nothing changes, 2 unchanged.\n");
    expect(emulator.mutations()).toEqual([]);
  },
);
