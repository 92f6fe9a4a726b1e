import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { play, type Promised } from "./cell.js";
import { faults, operations, type OperationName } from "./matrix.js";

const file = new URL("promises.json", import.meta.url);
const recording = process.env["RECORD_FAULTS"] !== undefined;
const promises = (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {}) as Record<
  string,
  Partial<Record<OperationName, Promised>>
>;
const played: typeof promises = {};

// RECORD_FAULTS=1 writes down what happens, for a person to read before it becomes the promise.
afterAll(() => {
  if (recording) writeFileSync(file, `${JSON.stringify(played, undefined, 2)}\n`);
});

describe.each(faults.map((row) => [row.fault, row] as const))("%s", (fault, row) => {
  const columns = (Object.keys(operations) as OperationName[]).filter((operation) => !row.not?.includes(operation));
  test.each(columns)("during %s", { timeout: 30_000 }, async (operation) => {
    const promised = await play(row, operation);
    (played[fault] ??= {})[operation] = promised;
    expect(promised).toEqual(recording ? promised : promises[fault]?.[operation]);
  });
});
