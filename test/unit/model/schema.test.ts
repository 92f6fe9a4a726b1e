import type * as pulumi from "@pulumi/pulumi";
import { expect, expectTypeOf, test } from "vitest";
import type { ConnectorArgs } from "../../../generated/args.js";
import { credentialFields as generated } from "../../../generated/storage.js";
import type { ConnectorInputs } from "../../../provider/model/connector.js";
import { nearest } from "../../../provider/model/nearest.js";
import { statusKind } from "../../../provider/model/status.js";
import { bundleField, credentialFields, plainFields, storageBlocks } from "../../../provider/model/storage.js";

/** What a program may give for a schema's type: each property plain or as an Output. */
type Given<T> = T extends object
  ? { readonly [K in keyof T]: pulumi.Input<Given<NonNullable<T[K]>>> | OptionalOf<T, K> }
  : T;
type OptionalOf<T, K extends keyof T> = undefined extends T[K] ? undefined : never;

test("the generated arguments are what the schemas take, property by property", () => {
  expectTypeOf<ConnectorArgs>().toExtend<Given<ConnectorInputs>>();
  expectTypeOf<Given<ConnectorInputs>>().toExtend<ConnectorArgs>();
  expectTypeOf<keyof ConnectorArgs>().toEqualTypeOf<keyof ConnectorInputs>();
});

test("credentials are those that the schemas mark", () => {
  expect(Object.fromEntries(storageBlocks.map((block) => [block, [...credentialFields(block), bundleField]]))).toEqual(
    generated,
  );
  expect(plainFields("amazonS3")).toEqual(["bucketName", "region", "endpointOverride"]);
  expect(plainFields("azureStorage")).toEqual(["containerName", "blobstoreEndpointTemplate"]);
});

test.each([
  ["RUNNING", "running"],
  ["running ", "running"],
  ["STOPPED", "stopped"],
  ["FAILED", "failed"],
  ["Error", "failed"],
  ["STARTING", "transition"],
  ["PROVISIONING", "transition"],
  ["constructor", "transition"],
  ["", "transition"],
])("the status word %j means %s", (word, kind) => expect(statusKind(word)).toBe(kind));

test.each([
  ["regoin", "region"],
  ["bucketname", "bucketName"],
  ["bucket", undefined],
  ["zzz", undefined],
])("%j was meant to be %s", (text, meant) => expect(nearest(text, plainFields("amazonS3"))).toBe(meant));
