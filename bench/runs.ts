/** What is measured, run by run. It stays on the machine (`results/runs.json`); git holds what `summary.ts` makes of it. */
import type { Operation, Results } from "./results.ts";

/** Peak resident memory of the largest process of its kind, in bytes, and how many there were. */
export interface Memory {
  readonly bytes: number;
  readonly processes: number;
}

export interface Sample {
  readonly seconds: number;
  /** Requests that the service got, by the service's call. */
  readonly requests: Readonly<Record<string, number>>;
  readonly engine?: Memory;
  readonly provider?: Memory;
  /** CPU seconds that the emulator took, which no real service would take from this machine. */
  readonly emulatorCpu?: number;
}

/** All operations of one row, once. */
export interface Run {
  readonly operations: Readonly<Partial<Record<Operation, Sample>>>;
  /** On the disk, after `up`. */
  readonly stateBytes?: number;
  /** The same as JSON without white space or compression. */
  readonly compactStateBytes?: number;
  readonly restarts: number;
  /** Connectors made more than once, or under a name that nobody asked for. */
  readonly duplicates: number;
  /** Connectors that the service still has after `destroy`. */
  readonly orphans: number;
  /** Why it ended early. */
  readonly failure?: string;
  readonly hung?: boolean;
}

/** The runs of one row at one size. */
export interface MeasuredCell {
  readonly row: string;
  readonly n: number;
  readonly startMs: number;
  readonly parallel: number | undefined;
  readonly runs: readonly Run[];
  /** Why there are no runs, or fewer than planned. */
  readonly missing?: string;
}

/** A whole run of the suite, or of a part of it. */
export interface Measured extends Omit<Results, "cells"> {
  readonly cells: readonly MeasuredCell[];
}
