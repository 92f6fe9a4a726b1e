import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { pipelineFolder, s3From } from "./pipeline.js";

/** A server that keeps state. */
export interface BackendServer {
  /** The environment that leads to an empty place of its own. */
  space(): Promise<Record<string, string>>;
  stop(): Promise<void>;
}

const up = ["up", "--stack", "prod", "--yes", "--quiet"] as const;
const refusedText =
  /^Stack "prod" is locked by another run\.\nWhy: "?[\w-]+@[\w.-]+ \(pid \d+\) since \d{4}-\S+ \((\d+m)?\d+m?s\)"?\.?\nNext: Wait for it with --wait-for-lock 10m; if that run is dead, run pulumi-dataspace unlock --stack prod\.\n$/;

/** What every backend is held to: the ways of a stack, two runners that fight for it, and a lock that a dead one left. */
export function backendTests(start: () => Promise<BackendServer>): void {
  let server: BackendServer;
  const pipeline = pipelineFolder();

  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    pipeline.env = { ...(await server.space()), KEY: "key-of-generation-1" };
    await declare("eu-central-1");
  });

  const declare = (region: string) => {
    const amazonS3 = s3From("KEY", { region });
    return pipeline.declare({ acme: { amazonS3 }, beta: { amazonS3 } });
  };
  /** Brings both to RUNNING, and then declares what takes one edit each. */
  const prepare = async () => {
    const first = await pipeline.cli(...up);
    expect(first.code, first.stdout + first.stderr).toBe(0);
    await declare("us-east-1");
    pipeline.emulator.clearRequests();
  };
  const settled = async () => {
    pipeline.emulator.clearRequests();
    expect(await pipeline.cli(...up)).toEqual({
      code: 0,
      stdout: "Stack prod: nothing changes, 2 unchanged.\n",
      stderr: "",
    });
    expect(await pipeline.cli("drift", "--stack", "prod", "--quiet")).toEqual({
      code: 0,
      stdout: "No drift: the service matches state.\n",
      stderr: "",
    });
    expect(pipeline.emulator.mutations()).toEqual([]);
    for (const name of ["acme", "beta"])
      expect(pipeline.emulator.connector(name)).toMatchObject({ status: "RUNNING", edits: 1 });
  };
  const edits = ["PUT /connectors/acme 200", "PUT /connectors/beta 200"];

  test("up, drift, repair, and nothing to do", { timeout: 180_000 }, async () => {
    const { emulator } = pipeline;
    expect(await pipeline.cli(...up)).toEqual({
      code: 0,
      stdout: "   connector  status   restarts\n✓  acme       RUNNING\n✓  beta       RUNNING\n",
      stderr: "",
    });
    for (const name of ["acme", "beta"])
      emulator.interfere(name, { payload: { ...emulator.connector(name)?.payload, region: "us-east-1" } });
    emulator.clearRequests();
    expect(await pipeline.cli("drift", "--stack", "prod", "--quiet")).toEqual({
      code: 2,
      stdout: [
        "connector  kind    what differs",
        'acme       fields  amazonS3.region "eu-central-1" => "us-east-1"',
        'beta       fields  amazonS3.region "eu-central-1" => "us-east-1"',
        "",
        "2 found. Next: Run pulumi-dataspace up to repair managed connectors, or generate, with the same --stack, to adopt those that no other stack manages.",
        "",
      ].join("\n"),
      stderr: "",
    });
    expect(emulator.mutations()).toEqual([]);
    expect((await pipeline.cli(...up)).code).toBe(0);
    expect(emulator.mutations().toSorted()).toEqual(edits);
    await settled();
  });

  test(
    "while one run works, a second is refused, and a third waits and finds nothing to do",
    { timeout: 240_000 },
    async () => {
      const { emulator } = pipeline;
      await prepare();
      for (const connector of ["acme", "beta"]) emulator.fault({ call: "edit", connector, do: "stuck" });
      const begun = emulator.waitFor(({ call }) => call === "edit");
      const first = pipeline.begin(...up);
      await begun;

      const second = await pipeline.cli(...up);
      expect(second.stdout).toMatch(refusedText);
      expect(second.code).toBe(1);

      const third = pipeline.begin("up", "--stack", "prod", "--yes", "--wait-for-lock", "60s");
      await expect.poll(third.printed, { timeout: 60_000 }).toContain('Stack "prod" is locked by another run; waiting');
      for (const name of ["acme", "beta"]) emulator.interfere(name, { status: "RUNNING" });
      expect((await first.ended).code).toBe(0);
      const { code, stdout, stderr } = await third.ended;
      expect(code, stdout + stderr).toBe(0);
      expect(stdout).toBe("Stack prod: nothing changes, 2 unchanged.\n");
      expect(emulator.mutations().toSorted()).toEqual(edits);
      await settled();
    },
  );

  test("two that begin in the same instant: each change is made once", { timeout: 240_000 }, async () => {
    const { emulator } = pipeline;
    await prepare();
    const runs = [1, 2].map(() => pipeline.begin(...up, "--wait-for-lock", "60s").ended);
    const ended = await Promise.all(runs);
    const said = ended.map(({ code, stdout, stderr }) => `${code}: ${stdout}${stderr}`).join("\n");
    // The one that comes later finds nothing to do; or, halfway, another world than the one it has planned for.
    expect(
      ended.every(({ code, stdout }) => code === 0 || (code === 3 && stdout.includes("something has changed"))),
      said,
    ).toBe(true);
    expect(
      ended.some(({ code }) => code === 0),
      said,
    ).toBe(true);
    expect(emulator.mutations().toSorted(), said).toEqual(edits);
    await settled();
  });

  test("a killed run's lock is shown and taken away, and one more up settles", { timeout: 240_000 }, async () => {
    const { emulator } = pipeline;
    await prepare();
    for (const connector of ["acme", "beta"]) emulator.fault({ call: "edit", connector, do: "stuck" });
    const killed = pipeline.begin(...up);
    await expect.poll(() => emulator.mutations().length, { timeout: 60_000 }).toBe(2);
    if (killed.child.pid !== undefined) process.kill(-killed.child.pid, "SIGKILL");
    expect((await killed.ended).code).toBe(null);

    expect((await pipeline.cli(...up)).stdout).toMatch(refusedText);
    const { code, stdout } = await pipeline.cli("unlock", "--stack", "prod", "--yes", "--quiet");
    expect(stdout).toMatch(
      /^Stack "prod" is locked by [\w-]+@[\w.-]+ \(pid \d+\) since \d{4}-\S+ \((\d+m)?\d+m?s\)\.\n\nThe lock was removed\. Next: Run pulumi-dataspace up --stack prod, which continues what the interrupted run left\.\n$/,
    );
    expect(code).toBe(0);
    for (const name of ["acme", "beta"]) emulator.interfere(name, { status: "RUNNING" });
    expect((await pipeline.cli(...up)).code).toBe(0);
    expect(emulator.mutations().toSorted()).toEqual(edits);
    await settled();
    expect((await pipeline.cli("unlock", "--stack", "prod", "--yes", "--quiet")).stdout).toBe(
      'Stack "prod" is not locked.\n',
    );
  });
}
