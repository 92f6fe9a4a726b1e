import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { overFleet, Run, type Report, type StackOptions } from "../../../pipeline/index.js";
import { reportOf } from "../../../pipeline/run/report.js";
import { Folder } from "../../support/folder.js";

test("a fleet reads its manifest once, and what fails on one stack takes no report from the others", async () => {
  const folder = await Folder.create();
  const connectors = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`connector-${at + 1}`, {}]));
  const manifest = await folder.write(
    "connectors.json",
    JSON.stringify({ version: 1, project: "fleet", shards: 3, connectors }),
  );
  const given = new Set<unknown>();
  let ended = 0;
  const up = (options: StackOptions): Run<Report> =>
    new Run(async () => {
      given.add(options.manifest);
      if (options.shard?.index === 2) throw new Error("the disk is full");
      await setImmediate();
      ended++;
      return reportOf("up", Date.now(), 0, { stack: options.stack });
    });

  const reports = await overFleet(up, { source: { manifest }, stack: "prod" });
  expect(reports.map(({ command, stack, exitCode, errors }) => [command, stack, exitCode, errors])).toEqual([
    ["up", "prod", 0, []],
    ["up", "prod-2", 1, ["the disk is full"]],
    ["up", "prod-3", 0, []],
  ]);
  expect(ended).toBe(2);
  expect([...given]).toEqual([expect.objectContaining({ shards: 3 })]);
  await folder.remove();
});

test("stacks that run at the same time divide the limits of every account in use, and ask nothing of the others", async () => {
  const folder = await Folder.create();
  const manifest = await folder.write(
    "connectors.json",
    JSON.stringify({
      version: 1,
      project: "fleet",
      shards: 2,
      connectors: { acme: { account: "b" }, globex: { account: "c" }, initech: { account: "b" } },
    }),
  );
  const limitsOf = async (env: Record<string, string>) => {
    const given: (StackOptions["env"] | undefined)[] = [];
    const up = (options: StackOptions): Run<Report> =>
      new Run(() => {
        given.push(options.env);
        return Promise.resolve(reportOf("up", Date.now(), 0, { stack: options.stack }));
      });
    await overFleet(up, { source: { manifest }, stack: "prod", env }, { stacksAtOnce: 2 });
    return given;
  };
  const b = { DATASPACE_B_ENDPOINT: "https://b.example", DATASPACE_B_TOKEN: "token-of-c" };
  const c = { DATASPACE_C_ENDPOINT: "https://c.example", DATASPACE_C_TOKEN: "token-of-c" };
  const env = { ...b, ...c, DATASPACE_B_MAX_CONCURRENCY: "9", DATASPACE_C_MAX_RESTARTS_AT_ONCE: "1" };
  const divided = {
    ...env,
    DATASPACE_B_MAX_CONCURRENCY: "4",
    DATASPACE_C_MAX_CONCURRENCY: "4",
    DATASPACE_C_MAX_RESTARTS_AT_ONCE: "1",
  };
  expect(await limitsOf(env)).toEqual([divided, divided]);
  await expect(limitsOf(b)).rejects.toThrow("DATASPACE_C_ENDPOINT is missing");
  await folder.remove();
});
