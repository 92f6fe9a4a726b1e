import { expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder();
const up = ["up", "--stack", "prod", "--yes", "--quiet"];

test(
  "after a killed create, what unlock says is true, and what it says to run settles",
  { timeout: 240_000 },
  async () => {
    const { emulator } = pipeline;
    pipeline.env = { KEY: "key-of-all" };
    const block = { amazonS3: s3From("KEY") };
    await pipeline.declare({ gamma: block });
    expect((await pipeline.cli(...up)).code).toBe(0);
    await pipeline.declare({ acme: block, beta: block, gamma: block });
    emulator.clearRequests();
    // One is made and doesn't come up; of the other the service never hears.
    emulator.fault({ call: "create", connector: "acme", do: "stuck" });
    emulator.fault({ call: "create", connector: "beta", do: "hang" });
    const killed = pipeline.begin(...up);
    await expect
      .poll(() => emulator.requestLines().filter((line) => line.startsWith("POST ")), { timeout: 60_000 })
      .toHaveLength(2);
    if (killed.child.pid !== undefined) process.kill(-killed.child.pid, "SIGKILL");
    expect((await killed.ended).code).toBe(null);
    emulator.clearFaults();
    emulator.interfere("acme", { status: "RUNNING" });

    const { code, stdout } = await pipeline.cli("unlock", "--stack", "prod", "--yes", "--quiet");
    expect(code).toBe(0);
    expect(stdout.split("\n\n")[1]).toBe(
      "The lock was removed. The interrupted run was creating acme and beta: they are not in state, but may be at the service, where up alone doesn't touch them. Next: Run pulumi-dataspace list; if it shows them and they are yours, run DATASPACE_ON_EXISTING=adopt pulumi-dataspace up --stack prod --only acme --only beta, which takes over what is there and creates what isn't; otherwise run pulumi-dataspace up --stack prod.\n",
    );
    expect((await pipeline.cli("list", "--quiet")).stdout).toContain("acme");

    emulator.clearRequests();
    const alone = await pipeline.cli(...up, "--only", "acme");
    expect(alone.code).toBe(1);
    expect(alone.stdout).toContain("DATASPACE_ON_EXISTING=adopt");
    expect(emulator.mutations()).toEqual([]);

    const [, variable = "", value = "", said = ""] =
      /run (\w+)=(\w+) pulumi-dataspace (up .*?), which/.exec(stdout) ?? [];
    pipeline.env = { ...pipeline.env, [variable]: value };
    const adopted = await pipeline.cli(...said.split(" "), "--yes", "--quiet");
    expect(adopted.code, adopted.stdout + adopted.stderr).toBe(0);
    expect(emulator.mutations().toSorted()).toEqual(["POST /connectors/beta 201", "PUT /connectors/acme 200"]);
    pipeline.env = { KEY: "key-of-all" };
    expect((await pipeline.cli(...up)).stdout).toContain("Stack prod: nothing changes, 3 unchanged.\n");
  },
);
