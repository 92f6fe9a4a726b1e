import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../../emulator/index.js";
import { fromEnv } from "../../../sdk/credentials.js";
import { s3 } from "../../support/connectors.js";
import { Fleet } from "../../support/fleet.js";

let emulator: Emulator;
let folder: string;

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 300 });
  folder = mkdtempSync(join(tmpdir(), "pulumi-dataspace-journal-"));
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await emulator.close();
});

interface Line {
  readonly kind: string;
  readonly [field: string]: unknown;
}

const urnOf = (key: string) => `urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::${key}`;

test("the journal tells what was sent, seen and reached, by names alone", async () => {
  const path = join(folder, "journal.ndjson");
  const fleet = new Fleet(emulator, { DATASPACE_JOURNAL: path, KEY: "CANARY-from-the-environment" });
  const amazonS3 = s3({
    secretAccessKeyRead: fromEnv("KEY", { previous: fromEnv("OLD") }),
    accessKeyIdRead: fromEnv("KEY"),
  });
  await fleet.up(["acme"], { amazonS3, settle: "100ms" });
  emulator.fault({ call: "create", connector: "bad", do: { status: 422, echo: true } });
  await expect(fleet.up(["bad"], { amazonS3 })).rejects.toThrow("Could not create connector");

  const text = readFileSync(path, "utf8");
  expect(text).not.toMatch(/CANARY|read-secret|write-secret/);
  const lines = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
  const about = (kind: string, connector: string) =>
    lines.filter((line) => line.kind === kind && line["connector"] === connector);
  expect(about("checked", "acme")).toEqual([
    {
      at: expect.any(Number),
      kind: "checked",
      connector: "acme",
      urn: urnOf("acme"),
      literals: ["amazonS3.accessKeyIdWrite", "amazonS3.secretAccessKeyWrite"],
      withoutPrevious: ["amazonS3.accessKeyIdRead", "amazonS3.accessKeyIdWrite", "amazonS3.secretAccessKeyWrite"],
    },
  ]);
  expect(about("request", "acme")).toEqual([
    { at: expect.any(Number), kind: "request", call: "create", connector: "acme", status: 201, ms: expect.any(Number) },
  ]);
  expect(about("status", "acme").map(({ status }) => status)).toEqual([undefined, "STARTING", "RUNNING"]);
  expect(about("ended", "acme")).toEqual([
    { at: expect.any(Number), kind: "ended", connector: "acme", urn: urnOf("acme") },
  ]);
  expect(about("ended", "bad")).toEqual([
    {
      at: expect.any(Number),
      kind: "ended",
      connector: "bad",
      urn: urnOf("bad"),
      code: "REJECTED",
      facts: { httpStatus: 422, requestId: expect.any(String), why: "body: invalid" },
    },
  ]);
  expect(lines.filter(({ kind, call }) => kind === "request" && call === "list").length).toBeGreaterThan(0);
});

test("a journal that can't be written fails nothing", async () => {
  const fleet = new Fleet(emulator, { DATASPACE_JOURNAL: join(folder, "missing", "journal.ndjson") });
  await fleet.up(["acme"], { settle: "100ms" });
  expect(emulator.connector("acme")?.status).toBe("RUNNING");
});
