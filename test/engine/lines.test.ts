import * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import type { Outcome } from "../support/engine.js";
import { test } from "../support/fixtures.js";
import { expectOk } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 300, stopMs: 100 });

/** The URNs that live lines and notes were told on, less what every one of this stack begins with. */
function places({ events }: Outcome): string[] {
  const urns = events.flatMap(({ diagnosticEvent }) => {
    const { urn, message = "" } = diagnosticEvent ?? {};
    return urn !== undefined && /STARTING|RUNNING|stopped|keeps/i.test(message) ? [urn] : [];
  });
  return [...new Set(urns)].map((urn) => urn.replace(/^urn:pulumi:/, "")).sort();
}

const ours = "pulumi-nodejs:dynamic/dataspace:Connector";
const within = (type: string, name: string) => async () => {
  const parent = new pulumi.ComponentResource(type, "parts");
  new Connector(name, { name: "acme" }, { parent });
};

test.for(["acme:parts:Fleet", "acme:my parts+extras@2:Fläche", "acme:parts/a-b:Fleet<Edc, 2>", "Fleet"])(
  "live lines of a connector in a component of type %s are told on it",
  async (type, { stack }) => {
    const up = await stack.up(within(type, "acme"));
    expectOk(up);
    expect(places(up)).toEqual([`test::connectors::${type}$${ours}::acme`]);
  },
);

test("a resource's name may hold what parts a URN, and no connector's name is made of its end", async ({
  emulator,
  stack,
}) => {
  const preview = await stack.preview(async () => void new Connector("eu::acme"));
  expect(preview.said).toContain("name: missing, and the resource's own name is not a valid connector name");
  const up = await stack.up(within("acme:parts:Fleet", "eu::acme"));
  expectOk(up);
  expect(places(up)).toEqual([`test::connectors::acme:parts:Fleet$${ours}::eu::acme`]);
  expect(emulator.mutations()).toEqual(["POST /connectors/acme 201"]);
});

test("after an alias, what a replacement leaves behind is told on the resource that is there", async ({ stack }) => {
  await stack.up(async () => void new Connector("old", { name: "acme" }));
  const aliases = [{ name: "old" }];
  const renamed = await stack.up(async () => void new Connector("new", { name: "acme" }, { aliases }));
  expect(renamed.changes).toEqual({ same: 2 });
  const replaced = await stack.up(async () => void new Connector("new", { name: "other" }, { aliases }));
  expectOk(replaced);
  expect(places(replaced)).toEqual([`test::connectors::${ours}::new`]);
});

test("a transformation of the user's that throws keeps its stack", async ({ stack }) => {
  const up = await stack.up(async () => {
    function transformationOfMine(): undefined {
      throw new Error("mine to find");
    }
    new Connector("acme", {}, { transformations: [transformationOfMine] });
  });
  expect(up.ok).toBe(false);
  expect(up.output).toContain("mine to find");
  expect(up.output).toMatch(/at transformationOfMine \(.*lines\.test\.ts/);
});
