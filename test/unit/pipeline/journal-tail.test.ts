import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { JournalTail } from "../../../pipeline/run/journal-tail.js";
import { Folder } from "../../support/folder.js";

let folder: Folder;
beforeEach(async () => void (folder = await Folder.create()));
afterEach(() => folder.remove());

const line = (status: string) =>
  `${JSON.stringify({ at: 1, kind: "status", connector: "acme", status, elapsedMs: 1, restartAwaited: false })}\n`;
const statuses = (tail: JournalTail) => tail.next().map((each) => ("status" in each ? each.status : each.kind));

test("what comes to the file from now on, in whole lines", () => {
  const path = join(folder.path, "journal.ndjson");
  writeFileSync(path, line("OLD"));
  const tail = new JournalTail(path);
  expect(statuses(tail)).toEqual([]);
  const [half, rest] = [line("PÄUSE").slice(0, 48), line("PÄUSE").slice(48)];
  appendFileSync(path, line("STARTING") + half);
  expect(statuses(tail)).toEqual(["STARTING"]);
  expect(statuses(tail)).toEqual([]);
  appendFileSync(path, rest + line("RUNNING"));
  expect(statuses(tail)).toEqual(["PÄUSE", "RUNNING"]);
  writeFileSync(path, "");
  expect(statuses(tail)).toEqual([]);
});

test("where there is no file yet, what it begins with", () => {
  const path = join(folder.path, "later.ndjson");
  const tail = new JournalTail(path);
  expect(statuses(tail)).toEqual([]);
  writeFileSync(path, line("RUNNING"));
  expect(statuses(tail)).toEqual(["RUNNING"]);
});
