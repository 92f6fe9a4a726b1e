/** From the runs to what is kept of them in git. */
import {
  operations,
  spreadOf,
  type Accidents,
  type Cell,
  type Requests,
  type Results,
  type Spread,
} from "./results.ts";
import type { Measured, MeasuredCell, Run } from "./runs.ts";

export function summaryOf(measured: Measured): Results {
  return { ...measured, cells: measured.cells.map(cellOf) };
}

function cellOf({ runs, ...cell }: MeasuredCell): Cell {
  const over = (pick: (run: Run) => number | undefined): Spread | undefined => {
    const values = runs.map(pick).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : rounded(spreadOf(values));
  };
  const perOperation = <T>(pick: (operation: (typeof operations)[number]) => T | undefined) =>
    present(Object.fromEntries(operations.map((operation) => [operation, pick(operation)])));
  const memory = (role: "engine" | "provider") =>
    over((run) => {
      const sizes = Object.values(run.operations).flatMap((sample) => sample[role]?.bytes ?? []);
      return sizes.length === 0 ? undefined : Math.max(...sizes);
    });
  const accidents = (kind: "duplicates" | "orphans"): Accidents => {
    const counts = runs.map((run) => run[kind]);
    return { total: counts.reduce((sum, count) => sum + count, 0), most: Math.max(0, ...counts) };
  };
  return {
    ...cell,
    runs: runs.length,
    failed: runs.filter(({ failure }) => failure !== undefined).length,
    hung: runs.filter(({ hung }) => hung).length,
    seconds: perOperation((operation) => over((run) => run.operations[operation]?.seconds)),
    requests: perOperation((operation) =>
      requestsOf(runs.map((run) => run.operations[operation]?.requests).filter((sample) => sample !== undefined)),
    ),
    memory: present({ engine: memory("engine"), provider: memory("provider") }),
    ...present({
      stateBytes: over((run) => run.stateBytes),
      compactStateBytes: over((run) => run.compactStateBytes),
      restarts: over((run) => run.restarts),
      emulatorCpu: over((run) =>
        Object.values(run.operations).reduce((sum, { emulatorCpu = 0 }) => sum + emulatorCpu, 0),
      ),
    }),
    duplicates: accidents("duplicates"),
    orphans: accidents("orphans"),
  };
}

/** Eight digits, more than any table shows. */
function rounded({ median, min, max }: Spread): Spread {
  const [one = 0, two = 0, three = 0] = [median, min, max].map((value) => Number(value.toPrecision(8)));
  return { median: one, min: two, max: three };
}

function requestsOf(samples: readonly Readonly<Record<string, number>>[]): Requests | undefined {
  if (samples.length === 0) return undefined;
  const sum = (wanted: (call: string) => boolean) =>
    spreadOf(
      samples.map((sample) =>
        Object.entries(sample).reduce((total, [call, count]) => total + (wanted(call) ? count : 0), 0),
      ),
    );
  const calls = [...new Set(samples.flatMap((sample) => Object.keys(sample)))].sort();
  return {
    all: sum(() => true),
    changes: sum((call) => !["list", "get", "other"].includes(call)),
    calls: Object.fromEntries(calls.map((call) => [call, spreadOf(samples.map((sample) => sample[call] ?? 0))])),
  };
}

function present<T extends object>(entries: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: NonNullable<T[Key]>;
  };
}

/** The summary as a file: a cell on a line of its own, and a spread as `[median, min, max]`, or `[value]` where all agree. */
export function textOfSummary(results: Results): string {
  const { cells, figures, ...rest } = results;
  const compact = (value: unknown) => JSON.stringify(value, packed);
  const lines = (values: readonly unknown[]) => values.map((value) => `  ${compact(value)}`).join(",\n");
  const head = JSON.stringify(rest, packed, 1).replace(/\n\}$/, "");
  return `${head},\n "figures": [\n${lines(figures)}\n ],\n "cells": [\n${lines(cells)}\n ]\n}\n`;
}

export function readSummary(text: string): Results {
  return JSON.parse(text, (_key, value: unknown) => {
    if (!Array.isArray(value) || !value.every((each) => typeof each === "number") || value.length === 0) return value;
    const [median, min = median, max = median] = value as number[];
    return { median, min, max };
  }) as Results;
}

function packed(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("median" in value)) return value;
  const { median, min, max } = value as Spread;
  return min === max ? [median] : [median, min, max];
}
