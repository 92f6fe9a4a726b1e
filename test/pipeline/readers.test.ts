import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";
import { runReadBy } from "../support/readers.js";
import { closeTerminalOf, hasTerminal } from "../support/terminal.js";

/** A reader of stdout or stderr that goes away changes neither what is done nor the exit code. */
const pipeline = pipelineFolder();

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
  await pipeline.declare({ acme: { amazonS3: s3From("KEY") }, beta: { amazonS3: s3From("KEY") } });
});

function readBy(reader: string, ...args: readonly string[]) {
  return runReadBy(reader, args, { cwd: pipeline.folder, env: pipeline.environment });
}

const both = ["acme", "beta"] as const;
const creates = both.map((name) => `POST /connectors/${name} 201`);
const restarts = both.flatMap((name) => [`GET /connectors/${name}/start 200`, `GET /connectors/${name}/stop 200`]);
const edits = both.map((name) => `PUT /connectors/${name} 200`);
const stops = both.map((name) => `GET /connectors/${name}/stop 200`);

interface Case {
  readonly args: readonly string[];
  /** How many lines the reader takes. */
  readonly lines: readonly number[];
  /** On connectors that are there already. */
  readonly after?: "up";
  readonly code: number;
  /** The changes that are sent all the same, sorted. */
  readonly sent: readonly string[];
}

const cases: readonly Case[] = [
  { args: ["up", "--stack", "prod", "--yes"], lines: [0, 4], code: 0, sent: creates },
  { args: ["preview", "--stack", "prod", "--detailed-exitcode"], lines: [1], code: 2, sent: [] },
  { args: ["rotate", "--stack", "prod", "--yes", "--no-rollback"], lines: [2], after: "up", code: 0, sent: edits },
  { args: ["restart", "*", "--yes"], lines: [5], after: "up", code: 0, sent: restarts },
  { args: ["destroy", "--stack", "prod", "--yes"], lines: [1], after: "up", code: 0, sent: stops },
  { args: ["list"], lines: [1], after: "up", code: 0, sent: [] },
  { args: ["status", "acme", "--json"], lines: [1], after: "up", code: 0, sent: [] },
];

test.each(cases.flatMap((each) => each.lines.map((lines) => ({ ...each, lines, verb: each.args[0] }))))(
  "$verb, read by head -n $lines",
  { timeout: 300_000 },
  async ({ verb, args, after, code, sent, lines }) => {
    const { emulator } = pipeline;
    const before = after ? await pipeline.cli(after, "--stack", "prod", "--yes", "--quiet") : { code: 0 };
    expect(before.code).toBe(0);
    if (verb === "rotate") pipeline.env = { KEY: "key-of-generation-2" };
    emulator.clearRequests();
    const { read, ...outcome } = await readBy(`2>&1 | head -n ${lines}`, ...args);
    expect(outcome).toEqual({ code, stderr: "" });
    expect(read).not.toMatch(/EPIPE|Error|^\s+at /m);
    expect(emulator.mutations().sort()).toEqual(sent);
    if (verb === "destroy") return;
    // Nothing is locked, and nothing is left to do.
    const again = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    expect(again.code, again.stdout + again.stderr).toBe(0);
    for (const each of both) expect(emulator.connector(each)).toMatchObject({ status: "RUNNING" });
  },
);

test("status --watch, which has no end of its own, ends with its reader", async () => {
  const { emulator } = pipeline;
  emulator.interfere("acme", { create: {} });
  let ended = false;
  const flap = async () => {
    for (let look = 0; !ended; look++) {
      await emulator.waitFor(({ call }) => call === "get" || call === "list");
      emulator.interfere("acme", { status: look % 2 === 0 ? "STOPPED" : "RUNNING" });
    }
  };
  void flap();
  const { code, read } = await readBy("| head -n 2", "status", "acme", "--watch");
  ended = true;
  expect({ code, lines: read.trimEnd().split("\n").length }).toEqual({ code: 0, lines: 2 });
});

test.each(["list", "--help", "version", "schema"])("a full disk loses what %s prints, and it is said", async (verb) => {
  const { code, stderr } = await readBy("> /dev/full", verb);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: "warning: The result could not be written to stdout (ENOSPC).\n",
  });
  expect(await readBy("> /dev/full 2> /dev/full", verb)).toMatchObject({ code: 0 });
});

/** Closes the terminal of a command once a change was asked for that nothing answers by itself; then a run finds nothing locked. */
async function expectEndAfterClosing(call: "create" | "edit" | "stop", ...args: readonly string[]): Promise<void> {
  const { emulator, folder } = pipeline;
  emulator.fault({ call, times: 2, do: "stuck" });
  const options = {
    cwd: folder,
    env: pipeline.environment,
    codeFile: join(folder, "code"),
    when: emulator.waitFor((request) => request.call === call),
  };
  expect(await closeTerminalOf(args, options)).toBe(130);

  emulator.clearFaults();
  // Before the next run, so that whatever it looks at, and however often, is the same.
  for (const each of emulator.names()) emulator.interfere(each, { status: "RUNNING" });
  const again = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
  expect(again.code, again.stdout + again.stderr).toBe(0);
  for (const each of both) expect(emulator.connector(each)).toMatchObject({ status: "RUNNING" });
}

test.skipIf(!hasTerminal)(
  "up in a terminal that is closed ends with 130, and leaves nothing locked",
  { timeout: 300_000 },
  () => expectEndAfterClosing("create", "up", "--stack", "prod", "--yes"),
);

test.skipIf(!hasTerminal)(
  "rotate in a terminal that is closed ends with 130, and leaves nothing locked",
  { timeout: 300_000 },
  async () => {
    await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    pipeline.env = { KEY: "key-of-generation-2" };
    await expectEndAfterClosing("edit", "rotate", "--stack", "prod", "--yes", "--no-rollback");
  },
);

test.skipIf(!hasTerminal)(
  "restart in a terminal that is closed ends with 130, and the next run agrees with the service",
  { timeout: 300_000 },
  async () => {
    await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");
    await expectEndAfterClosing("stop", "restart", "*", "--yes");
  },
);
