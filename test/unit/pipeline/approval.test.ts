import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  compareWithApproval,
  digestOf,
  parseApproval,
  readApproval,
  type Plan,
  type PlannedConnector,
} from "../../../pipeline/index.js";
import { planned, planOf } from "../../support/plans.js";

const region = { path: "amazonS3.region", credential: false, from: "eu-central-1", to: "eu-west-1" };
const bucket = { path: "amazonS3.bucketName", credential: false, from: "acme", to: "acme-2" };
const key = { path: "amazonS3.secretAccessKeyWrite", credential: true };

const differences = (before: Plan | Plan[], now: Plan | Plan[]) =>
  compareWithApproval(digestOf([before].flat()), [now].flat());

describe("what differs of one connector", () => {
  test.each<[before: Partial<PlannedConnector> | undefined, now: Partial<PlannedConnector> | undefined, string[]]>([
    [{}, {}, []],
    [{ fields: [region, key] }, { fields: [key, region] }, []],
    [{ effects: ["edit"], restarts: 0 }, {}, ["acme: was to be edited (amazonS3.region), now also restarts"]],
    [
      {},
      { effects: ["edit"], restarts: 0 },
      ["acme: was to be edited (amazonS3.region) and restart, now is edited (amazonS3.region)"],
    ],
    [
      {},
      { effects: ["replace"], fields: [{ path: "name", credential: false, from: "acme", to: "acme-2" }] },
      ["acme: was to be edited (amazonS3.region) and restart, now is replaced (name)"],
    ],
    [{}, undefined, ["acme: was to be edited (amazonS3.region) and restart, now nothing happens to it"]],
    [undefined, {}, ["acme: nothing was to happen to it, now it is edited (amazonS3.region) and restarts"]],
    [
      { effects: ["create"], fields: [] },
      { effects: ["gone", "create"], fields: [] },
      ["acme: was to be created, now also is gone from the service"],
    ],
    [
      { effects: ["stop"], becomes: "STOPPED", fields: [] },
      { effects: ["destroy"], becomes: "absent", fields: [] },
      ["acme: was to be stopped, now is destroyed", "acme: was to end STOPPED, now absent"],
    ],
    [{}, { fields: [region, bucket] }, ["acme: amazonS3.bucketName was not to change, now does"]],
    [{ fields: [region, key] }, { fields: [key] }, ["acme: amazonS3.region was to change, now doesn't"]],
    [{}, { fields: [{ ...region, to: "eu-north-1" }] }, ["acme: amazonS3.region was to change differently"]],
    [{}, { fields: [{ ...region, from: "us-east-1" }] }, ["acme: amazonS3.region was to change differently"]],
    [
      { effects: [], fields: [], notChecked: true, restarts: 0 },
      { fields: [key] },
      [
        "acme: was to stay as it is, now is edited (amazonS3.secretAccessKeyWrite) and restarts",
        "acme: amazonS3.secretAccessKeyWrite changes, and was not checked when approved (--no-credentials)",
      ],
    ],
    [{ effects: [], fields: [], notChecked: true, restarts: 0 }, undefined, []],
    [undefined, { effects: [], fields: [], notChecked: true, restarts: 0 }, []],
    [
      { notChecked: true },
      { fields: [region, key] },
      ["acme: amazonS3.secretAccessKeyWrite changes, and was not checked when approved (--no-credentials)"],
    ],
    [{}, { status: "FAILED" }, ["acme: observed RUNNING when approved, FAILED now"]],
    [{}, { restarts: 2 }, ["acme: was to restart once, now 2 times"]],
    [{}, { name: "acme-2" }, ["acme: named acme-edc when approved, acme-2 now"]],
  ])("%j, now %j", (before, now, clauses) => {
    const planWith = (parts: Partial<PlannedConnector> | undefined) => planOf(parts ? [planned("acme", parts)] : []);
    expect(differences(planWith(before), planWith(now))).toEqual(clauses);
  });
});

test("a connector that wasn't there, or isn't any more", () => {
  const { status: _, ...absent } = planned("acme");
  expect(differences(planOf([absent]), planOf([planned("acme")]))).toEqual([
    "acme: observed absent when approved, RUNNING now",
  ]);
  expect(differences(planOf([planned("acme")]), planOf([absent]))).toEqual([
    "acme: observed RUNNING when approved, absent now",
  ]);
});

test("state, other resources and the order of connectors", () => {
  const acme = planned("acme");
  const globex = planned("globex", { effects: ["create"], fields: [] });
  const before = planOf([acme, globex], { others: ["create bucket", "update role"] });
  expect(differences(before, planOf([globex, acme], { others: ["update role", "create bucket"] }))).toEqual([]);
  expect(differences(before, planOf([acme], { others: ["update role", "delete queue"], stateVersion: "19" }))).toEqual([
    "globex: was to be created, now nothing happens to it",
    "create bucket: was to happen, now does not",
    "delete queue: was not to happen, now does",
    "prod: state has changed since the approval (17 when approved, 19 now)",
  ]);
});

test("an approval is for the services that its preview asked", () => {
  const at = (...endpoints: Plan["endpoints"]) => planOf([planned("acme")], { endpoints });
  const ours = { endpoint: "https://a.example/x" };
  const b = { account: "b", endpoint: "https://b.example" };
  expect(differences(at(ours, b), at(b, ours))).toEqual([]);
  expect(differences(at(ours, b), at({ endpoint: "https://a.example/y" }))).toEqual([
    "prod: the endpoint was https://a.example/x when approved, is https://a.example/y now",
    "prod: account b was https://b.example when approved, is not asked now",
  ]);
  expect(differences(at(), at(ours))).toEqual([
    "prod: the endpoint was not asked when approved, is https://a.example/x now",
  ]);
});

test("one approval serves all shards, each of which compares its own part", () => {
  const shard = (stack: string, region: string) =>
    planOf([planned(`acme-${stack}`, { fields: [{ ...bucket, to: region }] })], { stack });
  const approved = [shard("prod-1", "a"), shard("prod-2", "a")];
  expect(differences(approved, [shard("prod-2", "a")])).toEqual([]);
  expect(differences(approved, [shard("prod-1", "a"), shard("prod-2", "b"), shard("prod-3", "a")])).toEqual([
    "acme-prod-2: amazonS3.bucketName was to change differently",
    "prod-3: this stack is not in the approval",
  ]);
});

test("the document tells plans apart, and holds no value", () => {
  const plan = planOf([planned("acme", { fields: [region, { ...key, from: "FLUFFY", to: "FLUFFIER" }] })]);
  const approval = digestOf([plan]);
  expect(approval).toEqual({
    version: 1,
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
    plans: [
      {
        stack: "prod",
        stateVersion: "17",
        connectors: [
          {
            key: "acme",
            name: "acme-edc",
            effects: ["edit", "restart"],
            fields: [
              {
                path: "amazonS3.region",
                credential: false,
                change: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
              },
              { path: "amazonS3.secretAccessKeyWrite", credential: true },
            ],
            status: "RUNNING",
            becomes: "RUNNING",
            restarts: 1,
          },
        ],
        others: [],
        endpoints: [{ endpoint: "https://dataspace.example/backend" }],
      },
    ],
  });
  expect(JSON.stringify(approval)).not.toMatch(/eu-|FLUFF/);
  expect(digestOf([plan])).toEqual(approval);
  expect(digestOf([{ ...plan, stateVersion: "18" }]).digest).not.toBe(approval.digest);
});

describe("an approval's file", () => {
  const approval = digestOf([planOf([planned("acme")])]);
  const text = JSON.stringify(approval, undefined, 2);

  test("is read as it was written", async () => {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-approval-"));
    await writeFile(join(folder, "approved.json"), text);
    await expect(readApproval(join(folder, "approved.json"))).resolves.toEqual(approval);
    await expect(readApproval(join(folder, "none.json"))).rejects.toThrow(
      `Could not use the approval ${folder}/none.json: there is no such file.\nNext: Run pulumi-dataspace preview --approve-out ${folder}/none.json again, and have the new plan approved.`,
    );
    await expect(readApproval(folder)).rejects.toThrow(`${folder}: it can't be read (EISDIR).`);
    await rm(folder, { recursive: true });
  });

  test("survives another order of keys", () => {
    const { plans, digest, version } = approval;
    expect(parseApproval(JSON.stringify({ plans, version, digest }), "approved.json")).toEqual(approval);
  });

  test.each([
    ["", "it is not valid JSON"],
    [text.slice(0, -20), "it is not valid JSON"],
    ["[]", "it is not an approval"],
    ['{ "version": 1 }', "it is not an approval"],
    [text.replace('"version": 1', '"version": 2'), "its version is 2, but this pulumi-dataspace reads version 1"],
    [text.replace('"acme"', "7"), "its content is invalid at plans.0.connectors.0.key"],
    [text.replace('"stack": "prod",', ""), "its content is invalid at plans.0.stack"],
    [text.replace('"restarts": 1', '"restarts": 0'), "it was edited after it was written"],
  ])("that is none is refused: %#", (content, reason) => {
    expect(() => parseApproval(content, "approved.json")).toThrow(
      expect.objectContaining({
        code: "SETTINGS_INVALID",
        message: `Could not use the approval approved.json: ${reason}.\nNext: Run pulumi-dataspace preview --approve-out approved.json again, and have the new plan approved.`,
      }),
    );
  });
});
