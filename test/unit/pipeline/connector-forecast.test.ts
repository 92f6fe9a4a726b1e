import { expect, test } from "vitest";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { statusKind } from "../../../provider/model/status.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { forecastOfCreate } from "../../../pipeline/plan/connector-forecast.js";

const existing = (status: string, bucketName = "acme"): ObservedConnector => ({
  status,
  kind: statusKind(status),
  storageType: "AmazonS3",
  storage: { bucketName },
  details: {},
});
const assumed = (bucketName = "acme") => ({ name: "acme", adoptCredentials: "assume", amazonS3: { bucketName } });

test("what is taken over as it is neither restarts nor gets an edit", () => {
  expect(forecastOfCreate(assumed(), existing("RUNNING"))).toEqual({
    name: "acme",
    effects: ["adopt"],
    fields: [],
    status: "RUNNING",
    becomes: "RUNNING",
    restarts: 0,
  });
  expect(forecastOfCreate(assumed(), existing("STOPPED"))).toMatchObject({ effects: ["adopt", "start"], restarts: 0 });
  expect(forecastOfCreate(assumed(unknownSentinel), existing("RUNNING")).refused).toBeUndefined();
});

test("what can't be taken over so is said before it is tried", () => {
  expect(forecastOfCreate(assumed(), existing("RUNNING", "theirs"))).toMatchObject({
    effects: ["adopt"],
    becomes: "RUNNING",
    refused: "adoptCredentials is assume, and the existing connector (RUNNING) has different storage",
  });
  expect(forecastOfCreate(assumed(), undefined)).toMatchObject({
    effects: ["adopt"],
    becomes: "absent",
    refused: "adoptCredentials is assume, and the service has no connector with that name",
  });
});

test("a name that is taken is foretold by what create does with it", () => {
  const inputs = { name: "acme", amazonS3: { bucketName: "acme" } };
  expect(forecastOfCreate(inputs, undefined)).toMatchObject({ effects: ["create"], becomes: "RUNNING" });
  expect(forecastOfCreate(inputs, existing("STOPPED"))).toMatchObject({ effects: ["adopt", "edit", "start"] });
  expect(forecastOfCreate(inputs, existing("RUNNING"))).toMatchObject({ refused: expect.stringContaining("taken") });
  expect(forecastOfCreate(inputs, existing("RUNNING"), "adopt")).toMatchObject({
    effects: ["adopt", "edit", "restart"],
    restarts: 1,
  });
});
