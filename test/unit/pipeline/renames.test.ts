import { describe, expect, test } from "vitest";
import { foreseenErrors } from "../../../pipeline/plan/foreseen.js";
import { renamesIn } from "../../../pipeline/source/manifest/renames.js";
import type { Plan, PlannedConnector } from "../../../pipeline/run/plan.js";
import type { OpenSource } from "../../../pipeline/source/source.js";
import { connectorUrn } from "../../../pipeline/stack/urn.js";

const urn = (key: string) => connectorUrn("prod", "fleet", key);
const held = (key: string, name = key, account?: string) => ({ key, urn: urn(key), name, account });
const declared = (key: string, args: object = {}) => ({ key, args });

describe("a manifest's keys that are new names for what state holds", () => {
  test.each([
    ["the same key", [declared("acme")], [held("acme")], []],
    ["a new key for the same name", [declared("globex", { name: "acme" })], [held("acme")], [["globex", urn("acme")]]],
    ["a new key that is the name", [declared("acme")], [held("old", "acme")], [["acme", urn("old")]]],
    ["the old key is declared, too", [declared("globex", { name: "acme" }), declared("acme")], [held("acme")], []],
    ["the new key is held, too", [declared("globex", { name: "acme" })], [held("acme"), held("globex")], []],
    ["another account", [declared("globex", { name: "acme", account: "b" })], [held("acme")], []],
    [
      "the same second account",
      [declared("globex", { name: "acme", account: "b" })],
      [held("acme", "acme", "b")],
      [["globex", urn("acme")]],
    ],
  ])("%s", (_, connectors, state, renamed) => {
    expect([...renamesIn(connectors, state)]).toEqual(renamed);
  });
});

describe("errors that a plan foresees", () => {
  const planned = (key: string, more: Partial<PlannedConnector>): PlannedConnector => ({
    key,
    urn: urn(key),
    name: key,
    effects: [],
    fields: [],
    becomes: "RUNNING",
    restarts: 0,
    ...more,
  });
  const planOf = (...connectors: PlannedConnector[]): Plan => ({
    stack: "prod",
    connectors,
    declared: [],
    others: [],
    endpoints: [],
    stateVersion: "1",
  });
  const resource = (key: string, name = key) => ({
    urn: urn(key),
    type: urn(key).split("::")[2] ?? "",
    id: name,
    inputs: { name },
    outputs: { name },
  });
  const source: OpenSource = { project: "fleet" };

  test("none", () => {
    const plan = planOf(planned("acme", { effects: ["create"] }));
    expect(foreseenErrors(plan, { deployment: {} }, source, new Set(["/acme"]))).toEqual([]);
  });

  test("a destroy of what nothing declares any more is none", () => {
    const state = { deployment: { resources: [resource("acme")] } };
    const manifest = { path: "", project: "", shards: 2, connectors: [], warnings: [] };
    const plan = planOf(planned("acme", { effects: ["destroy"], becomes: "STOPPED" }));
    expect(foreseenErrors(plan, state, { ...source, manifest }, new Set())).toEqual([]);
  });

  test("a destroy of what the manifest declares under another key", () => {
    const state = { deployment: { resources: [resource("acme", "acme-edc")] } };
    const connector = { ...declared("globex", { name: "acme-edc" }), protect: false, literalCredentials: [] };
    const manifest = { path: "", project: "", shards: 2, connectors: [connector], warnings: [] };
    const plan = planOf(planned("acme", { name: "acme-edc", effects: ["destroy"], becomes: "STOPPED" }));
    expect(foreseenErrors(plan, state, { ...source, manifest }, new Set())).toEqual([
      `Could not delete connector "acme-edc": the manifest now declares it under the key globex, which belongs to another stack of the fleet.\n` +
        `Next: Move it to that stack (pulumi state move --source … --dest … "${urn("acme")}") or keep its old key. Nothing was changed.`,
    ]);
  });

  test("a create under a name that is taken, and one whose name the stack itself holds", () => {
    const plan = planOf(
      planned("beta", { effects: ["adopt"], refused: "the name is taken" }),
      planned("globex", { name: "acme", effects: ["adopt"], refused: "the name is taken" }),
      planned("acme", { effects: ["destroy"], becomes: "STOPPED" }),
    );
    const state = { deployment: { resources: [resource("acme")] } };
    expect(foreseenErrors(plan, state, source, new Set(["/beta", "/acme"]))).toEqual([
      'Could not create connector "beta": the name is taken.\nNext: Decide whose connector it is, then run the command again; nothing was changed.',
      'Could not create connector "acme": resource globex declares it, and the stack has it as acme.\n' +
        'Next: If the resource was renamed or moved, add its old name or parent to its aliases option: aliases: [{ name: "acme" }]. Nothing was changed.',
    ]);
  });

  test("a create under a taken name is not the rename of another account's connector", () => {
    const plan = planOf(
      planned("globex", { name: "acme", effects: ["adopt"], refused: "the name is taken" }),
      planned("acme", { effects: ["destroy"], becomes: "STOPPED" }),
    );
    const state = { deployment: { resources: [resource("acme")] } };
    expect(foreseenErrors(plan, state, source, new Set(["b/acme"]))).toEqual([
      'Could not create connector "acme": the name is taken.\nNext: Decide whose connector it is, then run the command again; nothing was changed.',
    ]);
  });
});
