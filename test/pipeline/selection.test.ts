import { join } from "node:path";
import { ComponentResource } from "@pulumi/pulumi";
import fc from "fast-check";
import { matcher } from "../../pipeline/source/glob.js";
import { Connector } from "pulumi-dataspace";
import { destroy, preview, up, type StackOptions } from "pulumi-dataspace/pipeline";
import { expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

const pipeline = pipelineFolder({ startMs: 100 });

const cli = (command: string, ...args: readonly string[]) =>
  pipeline.cli(command, "--stack", "prod", "--quiet", ...(command === "drift" ? [] : ["--yes"]), ...args);

test(
  "a glob means the same to every command, and one that matches nothing is an error",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    await pipeline.declare({ "core-a": {}, "core-b": {}, "core-c": {}, acme: {} });
    const only = await cli("up", "--only", "core-?");
    expect(only.code, only.stdout).toBe(0);
    expect(emulator.mutations().toSorted()).toEqual([
      "POST /connectors/core-a 201",
      "POST /connectors/core-b 201",
      "POST /connectors/core-c 201",
    ]);
    emulator.clearRequests();
    expect((await cli("up")).code).toBe(0);
    expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);

    emulator.clearRequests();
    for (const command of ["up", "destroy", "drift", "rotate"])
      expect(await cli(command, "--exclude", "cor-{a,b}")).toEqual({
        code: 1,
        stdout:
          '--exclude "cor-{a,b}" matches no connector; nothing was changed.\n' +
          "Next: Correct --exclude: the nearest keys are core-a, core-b, core-c.\n",
        stderr: "",
      });
    expect(emulator.requests).toEqual([]);

    const destroyed = await cli("destroy", "--exclude", "core-{a,b}");
    expect(destroyed.code, destroyed.stdout).toBe(0);
    expect(emulator.mutations().toSorted()).toEqual([
      "GET /connectors/acme/stop 200",
      "GET /connectors/core-c/stop 200",
    ]);
  },
);

test("whatever the glob, what it excludes gets no request that changes anything", { timeout: 400_000 }, async () => {
  const { emulator } = pipeline;
  const names = ["acme", "core-a", "core-b", "core-ab", "team"];
  await pipeline.declare(Object.fromEntries(names.map((name) => [name, { desiredStatus: "STOPPED" }])));
  const options = {
    source: { manifest: join(pipeline.folder, "connectors.json") },
    stack: "prod",
    env: pipeline.environment,
  };
  expect((await up(options)).exitCode).toBe(0);
  const piece = fc.constantFrom("*", "?", "core-", "{a,b}", "[a-c]", "!", "a", "+(a|b)", "b", "t*");
  const glob = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(""));
  const globs = ["core-{a,b}", "!core-*", ...fc.sample(glob, 4)];
  for (const exclude of globs) {
    for (const name of names) emulator.interfere(name, { status: "RUNNING" });
    emulator.clearRequests();
    const { exitCode, errors } = await up({ ...options, exclude: [exclude] });
    const excluded = names.filter(matcher([exclude]));
    expect([exclude, exitCode, errors.length]).toEqual([exclude, ...(excluded.length > 0 ? [0, 0] : [1, 1])]);
    expect([exclude, emulator.mutations().toSorted()]).toEqual([
      exclude,
      excluded.length === 0
        ? []
        : names
            .filter((name) => !excluded.includes(name))
            .map((name) => `GET /connectors/${name}/stop 200`)
            .toSorted(),
    ]);
  }
});

test(
  "a program's connectors are selected before they are known to state, also inside components",
  { timeout: 400_000 },
  async () => {
    const { emulator } = pipeline;
    let acme = "acme";
    const program = async () => {
      const group = new ComponentResource("x:y:Group", "group", {});
      const first = new Connector("core-a", { settle: "100ms" }, { parent: group });
      new Connector("core-b", { settle: "100ms" }, { parent: group });
      const aliases = acme === "acme" ? [] : [{ name: "acme" }];
      new Connector(acme, { name: "acme-edc", settle: "100ms" }, { aliases });
      // No preview of a new stack shows it.
      first.status.apply(() => new Connector("core-late", { settle: "100ms" }));
    };
    const options: StackOptions = { source: { program, project: "fleet" }, stack: "prod", env: pipeline.environment };

    const planned = await preview({ ...options, exclude: ["core-[bl]*"] });
    expect([planned.errors, planned.plan?.connectors.map(({ key }) => key)]).toEqual([[], ["acme", "core-a"]]);
    const made = await up({ ...options, exclude: ["core-[bl]*"] });
    expect([made.exitCode, made.errors]).toEqual([0, []]);
    expect(emulator.mutations().toSorted()).toEqual(["POST /connectors/acme-edc 201", "POST /connectors/core-a 201"]);

    emulator.clearRequests();
    expect((await up({ ...options, only: ["core-b"] })).exitCode).toBe(0);
    expect(emulator.mutations()).toEqual(["POST /connectors/core-b 201"]);

    // Renamed, it is still the connector that was excluded.
    acme = "acme-now";
    emulator.interfere("acme-edc", { status: "STOPPED" });
    emulator.clearRequests();
    const renamed = await up({ ...options, exclude: ["acme"] });
    expect([renamed.exitCode, renamed.errors]).toEqual([0, []]);
    expect(emulator.mutations()).toEqual(["POST /connectors/core-late 201"]);

    emulator.clearRequests();
    expect((await destroy({ ...options, exclude: ["core-?"] })).exitCode).toBe(0);
    expect(emulator.mutations()).toEqual(["GET /connectors/core-late/stop 200"]);
  },
);
