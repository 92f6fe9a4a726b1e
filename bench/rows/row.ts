import type { Operation } from "../results.ts";
import type { Roles } from "../processes.ts";

/** Where and on what a row is to work. */
export interface Site {
  readonly n: number;
  readonly startMs: number;
  /** `undefined`: as the engine comes. */
  readonly parallel: number | undefined;
  /** Empty, and removed afterwards. */
  readonly folder: string;
  readonly endpoint: string;
  readonly token: string;
}

/** One set of connectors in the hands of one tool, from the first `up` to `destroy`. */
export interface Session {
  readonly roles: Roles;
  /** Gives the seconds that it took; throws, with the tail of the output, when it failed. */
  run(operation: Operation, signal: AbortSignal): Promise<number>;
  /** The files in which the tool keeps the connectors now, with the present backup copies left out. */
  stateFiles(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A row of the tables. A new one is a file beside this and a line in `index.ts`. */
export interface Row {
  readonly id: string;
  readonly title: string;
  /** What is needed once before the first session: builds, look-ups. */
  prepare(): Promise<{ open(site: Site): Promise<Session> } | { missing: string }>;
  /** Versions that belong into the report, once it is prepared. */
  versions?(): Readonly<Record<string, string>>;
}
