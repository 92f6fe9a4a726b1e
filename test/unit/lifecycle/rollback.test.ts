import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ConnectorsClient } from "../../../provider/api/client.js";
import { StatusFeed } from "../../../provider/api/feed/status-feed.js";
import { ConnectorError, type ErrorCode } from "../../../provider/errors/connector-error.js";
import type { ActionRecord, Done } from "../../../provider/lifecycle/situation.js";
import {
  afterUpdate,
  operateOrRollBack,
  type NoRollback,
  type Rollback,
} from "../../../provider/lifecycle/rollback.js";
import { statusKind } from "../../../provider/model/status.js";
import { Emulator } from "../../../emulator/index.js";
import { clientOf } from "../../support/client.js";
import { s3 } from "../../support/connectors.js";
import { VirtualClock } from "../../support/virtual-clock.js";

describe("what is left to do after an update", () => {
  const edit = (more: Partial<ActionRecord> = {}): Done => ({
    edit: { result: "accepted", at: 0, before: "running", times: 1, moved: true, ...more },
  });
  const stop: Done = { stop: { result: "accepted", at: 0, before: "running", times: 1, moved: true } };
  const rows: [left: string, how: string, code: ErrorCode | undefined, status: string, done: Done][] = [
    ["keep", "it went well", undefined, "RUNNING", edit()],
    ["unchanged", "the edit is refused for good", "REJECTED", "RUNNING", {}],
    ["unchanged", "the edit is refused for good, after a stop", "REJECTED", "STOPPED", stop],
    ["unchanged", "the edit is refused by the moment", "REJECTED", "RUNNING", edit({ result: "refused" })],
    [
      "keep",
      "a second edit is refused: the first may have been lost",
      "REJECTED",
      "RUNNING",
      edit({ result: "refused", times: 2 }),
    ],
    ["keep", "the edit may have arrived", "REJECTED", "RUNNING", edit({ result: "unknown" })],
    ["keep", "the start after the edit is refused", "REJECTED", "STOPPED", edit()],
    ["goBack", "it is FAILED after the restart", "CONNECTOR_FAILED", "FAILED", edit()],
    ["goBack", "it is FAILED after the start", "CONNECTOR_FAILED", "FAILED", edit({ before: "stopped" })],
    [
      "goBack",
      "it is FAILED after an edit whose answer was lost",
      "CONNECTOR_FAILED",
      "FAILED",
      edit({ result: "unknown" }),
    ],
    ["keep", "it was FAILED before", "CONNECTOR_FAILED", "FAILED", edit({ before: "failed" })],
    ["keep", "it is FAILED, and not by an edit", "CONNECTOR_FAILED", "FAILED", {}],
    ["keep", "it doesn't come up in time", "WAIT_TIMEOUT", "STARTING", edit()],
    ["keep", "it is interrupted", "CANCELLED", "STARTING", edit()],
    ["keep", "the token is refused", "UNAUTHORIZED", "RUNNING", {}],
    [
      "keep",
      "nothing shows whether the edit arrived",
      "OUTCOME_UNKNOWN",
      "RUNNING",
      edit({ result: "unknown", times: 2 }),
    ],
    ["keep", "the service is down", "UNAVAILABLE", "RUNNING", {}],
  ];
  test.each(rows)("%s: %s", (left, _, code, status, done) => {
    const error = code && new ConnectorError(code, { headline: "", next: "" });
    const seen = { status, kind: statusKind(status), storage: {}, details: {} };
    expect(afterUpdate({ ...(error ? { error } : {}), seen, done, acted: true })).toBe(left);
  });
});

describe("an update that goes back, over a socket", () => {
  let emulator: Emulator;
  let client: ConnectorsClient;
  let turns: number;
  const clock = new VirtualClock();
  const goalFor = (fields: Record<string, string>) =>
    ({
      verb: "update",
      desired: "RUNNING",
      push: true,
      awaitRestart: false,
      payload: { block: "amazonS3", fields },
    }) as const;
  const back: Rollback = { goal: goalFor(s3()), changed: ["amazonS3.secretAccessKeyRead"], notLastSent: [] };
  const changed = s3({ secretAccessKeyRead: "read-secret-2" });

  beforeEach(async () => {
    emulator = await Emulator.start({ startMs: 2_000, stopMs: 1_000, lagMs: 1_000, now: clock.now });
    client = clientOf(emulator, { clock });
    emulator.interfere("acme", { create: s3() });
    turns = 0;
  });
  afterEach(async () => {
    await client.close();
    await emulator.close();
  });

  const run = (way: Rollback | NoRollback = back) =>
    operateOrRollBack(
      { client, feed: new StatusFeed(client, clock, { random: () => 0.5 }), clock },
      {
        name: "acme",
        goal: goalFor(changed),
        limits: { settleMs: 5_000, stuckMs: 60_000, budgetMs: 300_000 },
        signal: new AbortController().signal,
      },
      way,
      () => turns++,
    );

  test("one that goes well sends nothing more", async () => {
    const { error, before } = await run();
    expect([error, before, turns]).toEqual([undefined, undefined, 0]);
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  });

  test("FAILED after the restart: the configuration from before is sent once, and its restart awaited", async () => {
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error, before, seen } = await run();
    expect(error?.code).toBe("EDIT_ROLLED_BACK");
    expect(error?.message).toMatch(
      /^Could not update connector "acme": it is FAILED after \ds; it was rolled back to the previous configuration, and is RUNNING again after \ds\.\nNext: Correct amazonS3\.secretAccessKeyRead, then run the same command again: the change is still pending\.$/,
    );
    expect([before, seen?.status, turns]).toEqual(["sent", "RUNNING", 1]);
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "PUT /connectors/acme 200"]);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", payload: s3() });
  });

  test("a previous value that isn't the one sent last is used, and said", async () => {
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error } = await run({ ...back, notLastSent: ["amazonS3.secretAccessKeyRead"] });
    expect(error?.message).toContain(
      ", with a previous value of amazonS3.secretAccessKeyRead that differs from the one sent last.\n",
    );
  });

  test("422: nothing took effect, so nothing is sent, and that is said", async () => {
    emulator.fault({ call: "edit", do: { status: 422, echo: true } });
    const { error, before, acted } = await run();
    expect(error?.code).toBe("EDIT_ROLLED_BACK");
    expect(error?.message).toBe(
      'Could not update connector "acme": the service answered 422; the edit had no effect, and it is RUNNING with the previous configuration.\n' +
        "Why: body: invalid\n" +
        "Next: Correct amazonS3.secretAccessKeyRead, then run the same command again: the change is still pending.",
    );
    expect([before, acted, turns]).toEqual(["kept", false, 0]);
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 422"]);
    expect(emulator.connector("acme")).toMatchObject({ status: "RUNNING", restarts: 0 });
  });

  test("a way back that fails, too, is gone once, and both are said", async () => {
    emulator.fault({ call: "edit", do: "failAtStart", times: 2 });
    const { error, before } = await run();
    expect(error?.code).toBe("CONNECTOR_FAILED");
    expect(error?.message).toMatch(
      /^Could not update connector "acme": it is FAILED after \ds; rolling it back also failed: it is FAILED after \ds\.\nNext: Check its storage settings/,
    );
    expect(before).toBe("sent");
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200", "PUT /connectors/acme 200"]);
  });

  test("a way back that is refused leaves what there is", async () => {
    emulator.fault({ call: "edit", do: "failAtStart" });
    emulator.fault({ call: "edit", nth: 2, do: { status: 422, echo: true } });
    const { error, before, seen } = await run();
    expect(error?.message).toContain("; rolling it back also failed: the service answered 422.\n");
    expect([error?.code, before, seen?.status]).toEqual(["CONNECTOR_FAILED", undefined, "FAILED"]);
  });

  test("without a way back it stays as it is, and why is said", async () => {
    emulator.fault({ call: "edit", do: "failAtStart" });
    const { error, before } = await run({ blocked: "amazonS3.secretAccessKeyRead has no previous value" });
    expect(error?.code).toBe("CONNECTOR_FAILED");
    expect(error?.message).toMatch(
      /it is FAILED after \ds; it was not rolled back: amazonS3\.secretAccessKeyRead has no previous value\.\n/,
    );
    expect(before).toBeUndefined();
    expect(emulator.mutations()).toEqual(["PUT /connectors/acme 200"]);
  });
});
