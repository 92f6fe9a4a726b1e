import type * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { test } from "../support/fixtures.js";
import { expectOk } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 300, stopMs: 100 });

const always = ["name", "desiredStatus", "status", "endpoint"] as const;

test("every output that the class declares is what a program gets: declared, derived, read, in preview and in up", async ({
  emulator,
  stack,
}) => {
  emulator.interfere("theirs", { create: {} });
  let seen: Record<string, unknown> = {};
  const watch = (connector: Connector, label: string) => {
    for (const name of always)
      (connector[name] as pulumi.Output<unknown>).apply((value) => (seen[`${label}.${name}`] = value));
  };
  const program = async () => {
    seen = {};
    watch(new Connector("derived"), "derived");
    watch(new Connector("a", { name: "declared", desiredStatus: "STOPPED" }), "declared");
    watch(Connector.get("b", "theirs"), "read");
  };
  const foretold = {
    "derived.name": "derived",
    "derived.desiredStatus": "RUNNING",
    "declared.name": "declared",
    "declared.desiredStatus": "STOPPED",
    "read.name": "theirs",
    "read.desiredStatus": "RUNNING",
    "read.status": "RUNNING",
    "read.endpoint": emulator.endpoint,
  };
  expectOk(await stack.preview(program));
  expect(seen).toEqual(foretold);
  const done = {
    ...foretold,
    "derived.status": "RUNNING",
    "derived.endpoint": emulator.endpoint,
    "declared.status": "STOPPED",
    "declared.endpoint": emulator.endpoint,
  };
  expectOk(await stack.up());
  expect(seen).toEqual(done);
  // Nothing changes the second time.
  expectOk(await stack.up());
  expect(seen).toEqual(done);
});
