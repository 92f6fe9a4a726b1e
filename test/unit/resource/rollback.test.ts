import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fingerprint } from "../../../provider/credentials/fingerprint.js";
import { Emulator } from "../../../emulator/index.js";
import { fromCommand, fromEnv } from "../../../sdk/credentials.js";
import { fingerprintsOf } from "../../../provider/model/fingerprints.js";
import { s3 } from "../../support/connectors.js";
import { MiniEngine } from "../../support/mini-engine.js";
import { VirtualClock } from "../../support/virtual-clock.js";

let emulator: Emulator;
let engine: MiniEngine;
let environment: NodeJS.ProcessEnv;

const limits = { settle: "5s", stuckAfter: "1m" };
const read = "amazonS3.secretAccessKeyRead";
const rotating = (fields: object = {}) => ({
  ...limits,
  amazonS3: { ...s3({ secretAccessKeyRead: fromEnv("KEY", { previous: fromEnv("OLD_KEY") }) }), ...fields },
});

beforeEach(async () => {
  const clock = new VirtualClock();
  emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, lagMs: 1_000, now: clock.now });
  environment = {
    ...process.env,
    DATASPACE_ENDPOINT: emulator.endpoint,
    DATASPACE_TOKEN: emulator.token,
    DATASPACE_ON_FAILED_EDIT: "rollback",
    KEY: "read-secret-1",
    OLD_KEY: "read-secret-0",
  };
  engine = new MiniEngine(() => environment, { clock, random: () => 0.5, feed: {} });
});
afterEach(() => emulator.close());

/** Made with the first key; the key is another from then on. */
async function rotated(args: object = rotating(), old = "read-secret-1"): Promise<void> {
  expect((await engine.up("acme", { ...args })).error).toBeUndefined();
  Object.assign(environment, { KEY: "read-secret-2", OLD_KEY: old });
  emulator.clearRequests();
}

const outs = () => engine.entries.get("acme")?.outs ?? {};
const markOf = (value: string) => fingerprint(String(outs()["salt"]), "secretAccessKeyRead", value);

test("a key that brings it down is taken back; state is true, and the next run makes the same change", async () => {
  await rotated();
  emulator.fault({ call: "edit", do: "failAtStart" });
  const { error } = await engine.up("acme", rotating());
  expect(error).toMatchObject({ code: "EDIT_ROLLED_BACK" });
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  expect(outs()["status"]).toBe("RUNNING");
  expect(fingerprintsOf(outs())).toMatchObject({ secretAccessKeyRead: markOf("read-secret-1") });
  expect(outs()["unproven"]).toBeUndefined();

  emulator.clearRequests();
  expect((await engine.up("acme", rotating())).error).toBeUndefined();
  expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  expect(emulator.connector("acme")?.payload).toEqual(s3({ secretAccessKeyRead: "read-secret-2" }));
  emulator.clearRequests();
  await engine.up("acme", rotating());
  expect(emulator.requestLines()).toEqual([]);
});

test("plain fields and the declared status go back, too", async () => {
  await rotated({ ...rotating(), desiredStatus: "STOPPED" });
  emulator.fault({ call: "edit", do: "failAtStart" });
  const { error } = await engine.up("acme", { ...rotating({ region: "eu-west-1" }), desiredStatus: "RUNNING" });
  expect(error?.message).toMatch(/it is FAILED after \ds; it was rolled back .* and is STOPPED again after/);
  expect(error?.message).toContain(`Next: Correct amazonS3.region, ${read}, then run the same command again`);
  expect(emulator.connector("acme")).toMatchObject({ status: "STOPPED", payload: s3() });
  expect(outs()).toMatchObject({ desiredStatus: "STOPPED", amazonS3: { region: "eu-central-1" } });
});

test("where only plain fields change, no previous value is needed", async () => {
  environment["OLD_KEY"] = "";
  expect((await engine.up("acme", rotating())).error).toBeUndefined();
  emulator.fault({ call: "edit", do: "failAtStart" });
  const { error, warnings, notes } = await engine.up("acme", rotating({ bucketName: "other" }));
  expect([error?.code, warnings, notes]).toEqual([
    "EDIT_ROLLED_BACK",
    [],
    ['Connector "acme" failed on the edit; sending the previous configuration again.'],
  ]);
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
});

test("a previous value that isn't the one sent last is used and said, and state says what the service has", async () => {
  await rotated(rotating(), "read-secret-0");
  emulator.fault({ call: "edit", do: "failAtStart" });
  const { error } = await engine.up("acme", rotating());
  expect(error?.message).toContain(`with a previous value of ${read} that differs from the one sent last`);
  expect(emulator.connector("acme")?.payload).toMatchObject({ secretAccessKeyRead: "read-secret-0" });
  expect(fingerprintsOf(outs())).toMatchObject({ secretAccessKeyRead: markOf("read-secret-0") });
});

test("one reference to all credentials leads back as well", async () => {
  const { bucketName, region, ...keys } = s3();
  const vault = (variable: string) => ["sh", "-c", `printf %s "$${variable}"`] as [string, ...string[]];
  const args = {
    ...limits,
    amazonS3: {
      bucketName,
      region,
      credentials: fromCommand(vault("NOW"), { previous: fromCommand(vault("BEFORE")) }),
    },
  };
  environment["NOW"] = JSON.stringify(keys);
  expect((await engine.up("acme", { ...args })).error).toBeUndefined();
  environment["BEFORE"] = environment["NOW"];
  environment["NOW"] = JSON.stringify({ ...keys, secretAccessKeyWrite: "write-secret-2" });
  emulator.fault({ call: "edit", do: "failAtStart" });
  expect((await engine.up("acme", { ...args })).error).toMatchObject({ code: "EDIT_ROLLED_BACK" });
  expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
});

describe("a refused edit changes nothing", () => {
  test("and leaves state as it was", async () => {
    await rotated();
    const before = engine.entries.get("acme");
    emulator.fault({ call: "edit", do: { status: 422, echo: true } });
    const { error } = await engine.up("acme", rotating());
    expect(error?.code).toBe("EDIT_ROLLED_BACK");
    expect(error?.message).toContain("the edit had no effect, and it is RUNNING with the previous configuration");
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 422"]);
    expect(engine.entries.get("acme")).toEqual(before);
    expect((await engine.up("acme", rotating())).error).toBeUndefined();
    expect(emulator.connector("acme")?.payload).toMatchObject({ secretAccessKeyRead: "read-secret-2" });
  });

  test("also when it was stopped for it: state says both", async () => {
    await rotated();
    emulator.fault({ call: "edit", do: { status: 422, echo: true } });
    const { error } = await engine.up("acme", { ...rotating(), desiredStatus: "STOPPED" });
    expect(error?.message).toContain("the edit had no effect, and it is STOPPED with the previous configuration");
    expect(outs()["status"]).toBe("STOPPED");
    expect(fingerprintsOf(outs())).toMatchObject({ secretAccessKeyRead: markOf("read-secret-1") });
    expect((await engine.up("acme", { ...rotating(), desiredStatus: "STOPPED" })).error).toBeUndefined();
    expect(emulator.connector("acme")).toMatchObject({
      status: "STOPPED",
      payload: s3({ secretAccessKeyRead: "read-secret-2" }),
    });
  });
});

describe("without a way back it stays as it is", () => {
  const sentence = (paths: string) => `it was not rolled back: ${paths} no previous value.`;

  test("where a changed credential names no previous value", async () => {
    const args = (key: string) => ({
      ...limits,
      amazonS3: s3({ secretAccessKeyRead: key, secretAccessKeyWrite: key }),
    });
    await engine.up("acme", args("a-value-1"));
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error } = await engine.up("acme", args("a-value-2"));
    expect(error?.code).toBe("CONNECTOR_FAILED");
    expect(error?.message).toContain(sentence(`${read}, amazonS3.secretAccessKeyWrite have`));
    expect(outs()).toMatchObject({ status: "FAILED" });
  });

  test("where the previous value can't be had, which is said before anything is sent", async () => {
    await rotated(rotating(), "");
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error, warnings } = await engine.up("acme", rotating());
    expect(warnings).toContain(`${read}, previous value: the environment variable OLD_KEY is not set; set it`);
    expect(error?.message).toContain(sentence(`${read} has`));
  });

  test("where the run before left it unproven", async () => {
    await rotated();
    emulator.fault({ call: "edit", do: "reset", times: 2 });
    expect((await engine.up("acme", rotating())).error).toMatchObject({ code: "OUTCOME_UNKNOWN" });
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error } = await engine.up("acme", rotating());
    expect(error?.message).toContain(
      "it was not rolled back: the previous run's change is unconfirmed, so there is no known configuration to roll back to.",
    );
  });

  test("unless rollback is asked for, nothing is said of it", async () => {
    environment["DATASPACE_ON_FAILED_EDIT"] = "keep";
    await rotated();
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error } = await engine.up("acme", rotating());
    expect(error?.message).toMatch(/^Could not update connector "acme": it is FAILED after \ds\.\n/);
  });
});
