import { expect, test } from "vitest";
import { journalFacts, readJournal } from "../../../pipeline/run/journal.js";
import { historyOf } from "../../../pipeline/run/timeline.js";

const urnOf = (key: string) => `urn:pulumi:prod::fleet::pulumi-nodejs:dynamic/dataspace:Connector::${key}`;
const lines = (...all: readonly object[]) => readJournal(all.map((line) => JSON.stringify(line)).join("\n"));

/** Two accounts hold a connector of the same name. */
const journal = lines(
  { at: 1, kind: "checked", connector: "acme", urn: urnOf("here"), literals: ["a"], withoutPrevious: [] },
  {
    at: 2,
    kind: "checked",
    account: "b",
    connector: "acme",
    urn: urnOf("there"),
    literals: [],
    withoutPrevious: ["b"],
  },
  {
    at: 3,
    kind: "ended",
    account: "b",
    connector: "acme",
    urn: urnOf("there"),
    code: "FAILED",
    facts: { status: "FAILED" },
  },
  { at: 4, kind: "status", connector: "acme", urn: urnOf("here"), status: "RUNNING" },
  { at: 5, kind: "status", account: "b", connector: "acme", urn: urnOf("there"), status: "FAILED" },
  { at: 6, kind: "compared", by: "diff", connector: "acme", urn: urnOf("here"), paths: ["amazonS3.region"] },
);

test("what is known of a connector is not known of one of the same name in another account", () => {
  const { failures, checked, compared } = journalFacts(journal);
  const here = { name: "acme", urn: urnOf("here") };
  const there = { name: "acme", account: "b", urn: urnOf("there") };
  expect([failures.of(here), failures.of(there)?.code]).toEqual([undefined, "FAILED"]);
  expect([checked.of(here)?.literals, checked.of(there)?.literals]).toEqual([["a"], []]);
  expect([compared.diff.of(here), compared.diff.of(there)]).toEqual([["amazonS3.region"], undefined]);
  // What state or an older provider tells without a URN is found by account and name.
  expect(failures.of({ name: "acme", account: "b" })?.code).toBe("FAILED");
  expect(failures.of({ name: "acme" })).toBeUndefined();
});

test("a success after it takes a failure back, for that account alone", () => {
  const later = lines(
    { at: 7, kind: "ended", connector: "acme", urn: urnOf("here"), code: "TIMEOUT" },
    { at: 8, kind: "ended", account: "b", connector: "acme", urn: urnOf("there") },
  );
  const { failures } = journalFacts([...journal, ...later]);
  expect(failures.of({ name: "acme", account: "b", urn: urnOf("there") })).toBeUndefined();
  expect(failures.of({ name: "acme", urn: urnOf("here") })?.code).toBe("TIMEOUT");
});

test("each has the statuses of its own", () => {
  const { timelines } = historyOf({ journal });
  const statuses = (key: string) => timelines.get(key)?.map(({ status }) => status);
  expect([statuses("here"), statuses("there")]).toEqual([["RUNNING"], ["FAILED"]]);
});
