import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test } from "vitest";
import { outputNames, type ConnectorOutputProperties } from "../../../generated/outputs.js";
import { Connector } from "../../../sdk/connector.js";

/** What the class's types say is always there; the others may be undefined. */
const always = ["name", "desiredStatus", "status", "endpoint"] as const;

const known = <T>(output: pulumi.Output<T>) => new Promise<T>((resolve) => void output.apply(resolve));
const textsOf = (connector: Connector) => Promise.all(always.map((name) => known<string>(connector[name])));

describe("under mocks that hand back the inputs alone", () => {
  beforeEach(() =>
    pulumi.runtime.setMocks({
      newResource: ({ id, name, inputs }) => ({ id: id ?? `${name}-id`, state: inputs as object }),
      call: ({ inputs }) => inputs as object,
    }),
  );

  test.each<[string, () => Connector, readonly string[]]>([
    ["derived", () => new Connector("acme"), ["acme", "RUNNING"]],
    ["given", () => new Connector("a", { name: "acme", desiredStatus: "STOPPED" }), ["acme", "STOPPED"]],
    ["given later", () => new Connector("a", { name: pulumi.output(Promise.resolve("acme")) }), ["acme", "RUNNING"]],
    ["undefined", () => new Connector("acme", { name: undefined, desiredStatus: undefined }), ["acme", "RUNNING"]],
    ["read", () => Connector.get("a", "acme"), ["acme", "RUNNING"]],
    ["read later", () => Connector.get("a", pulumi.output("acme"), { account: "b" }), ["acme", "RUNNING"]],
  ])("every output is what its type says: %s", async (_, make, [name, desired]) => {
    const connector = make();
    expect(await textsOf(connector)).toEqual([name, desired, "RUNNING", "https://dataspace.invalid"]);
    for (const output of outputNames) expect(pulumi.Output.isInstance(connector[output]), output).toBe(true);
    expect(await known(pulumi.interpolate`https://edc.example/${connector.name}/api`)).toContain(`/${name}/api`);
  });
});

test("what mocks say wins", async () => {
  const state = { name: "x", desiredStatus: "STOPPED", status: "FAILED", endpoint: "https://edc.example" };
  const mocks = { newResource: () => ({ id: "x", state }), call: () => ({}) };
  await pulumi.runtime.setMocks(mocks);
  expect(await textsOf(new Connector("acme"))).toEqual(Object.values(state));
});

test("the class declares no output that isn't tested here", () => {
  // Fails to compile where a new output must always be there.
  type Always = {
    [N in keyof ConnectorOutputProperties]: ConnectorOutputProperties[N] extends pulumi.Output<infer T>
      ? undefined extends T
        ? never
        : N
      : never;
  };
  const named: Always[keyof Always] extends (typeof always)[number] ? true : false = true;
  expect(named).toBe(true);
});
