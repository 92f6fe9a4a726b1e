import type { PlannedConnector } from "../run/plan.js";
import type { ConnectorOutcome, Drift, Report, Result } from "../run/report.js";
import { resultWords } from "../run/words.js";
import { happenings, statusChange, values, type Toned, type Value } from "./plan.js";
import { requestEffect, restartsOf, timelineText, tookText } from "./words.js";

/** What the tables of a report contain. Each medium draws all of them with one function. */

export type Cell =
  | string
  | number
  | undefined
  | { readonly key: string; readonly name: string }
  | { readonly words: readonly Toned[] }
  | { readonly result: Result }
  | { readonly fields: readonly FieldChange[] };

export interface FieldChange {
  readonly path: string;
  readonly credential: boolean;
  readonly values: readonly Value[];
}

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Cell;
  readonly numeric?: boolean;
}

/** A column that is shown on a condition. */
export type Columns<Row> = readonly (Column<Row> | false)[];

interface Options {
  /** The rows are about several stacks. */
  readonly several: boolean;
}
type InStack<T> = T & { readonly stack?: string | undefined };

const stackColumn = { head: "stack", cell: ({ stack }: { readonly stack?: string | undefined }) => stack };

export function planColumns({ several }: Options, restarts = false): Columns<InStack<PlannedConnector>> {
  return [
    { head: "connector", cell: ({ key, name }) => ({ key, name }) },
    several && stackColumn,
    { head: "what happens", cell: (connector) => ({ words: happenings(connector) }) },
    { head: "fields", cell: (connector) => ({ fields: fieldsOf(connector) }) },
    { head: "status", cell: statusChange },
    restarts && { head: "restarts", cell: (connector) => connector.restarts, numeric: true },
  ];
}

function fieldsOf({ fields, effects }: PlannedConnector): FieldChange[] {
  return fields.map((field) => ({
    path: field.path,
    credential: field.credential,
    values: values(field, effects.includes("create")),
  }));
}

export function outcomeColumns({ several }: Options): Columns<InStack<ConnectorOutcome>> {
  return [
    { head: "connector", cell: ({ key, name }) => ({ key, name }) },
    several && stackColumn,
    { head: "result", cell: ({ result }) => ({ result }) },
    { head: "ended as", cell: ({ status }) => status },
    { head: "took", cell: tookText, numeric: true },
    { head: "restarts", cell: restartsOf, numeric: true },
  ];
}

/** @param startedAt when the run began, in milliseconds since 1970 */
export function timelineColumn(startedAt: number): Column<ConnectorOutcome> {
  return {
    head: "statuses, since the run began",
    cell: ({ timeline = [] }) => timelineText(timeline, startedAt),
  };
}

export function driftColumns({ several }: Options): Columns<InStack<Drift>> {
  return [
    { head: "connector", cell: ({ key, name }) => ({ key: key ?? name, name }) },
    several && stackColumn,
    { head: "kind", cell: ({ kind }) => kind },
    { head: "what differs", cell: ({ text }) => text },
  ];
}

export const stackColumns: Columns<Report> = [
  { head: "stack", cell: ({ stack = "" }) => ({ key: stack, name: stack }) },
  { head: "exit code", cell: ({ exitCode }) => exitCode, numeric: true },
  { head: "planned", cell: ({ plan }) => plan?.connectors.length, numeric: true },
  ...(["done", "failed", "rolledBack"] as const).map((result) => ({
    head: resultWords[result].text,
    cell: ({ connectors }: Report) => connectors.filter((each) => each.result === result).length,
    numeric: true,
  })),
  { head: "errors", cell: ({ errors }) => errors.length, numeric: true },
];

export const requestColumns: Columns<readonly [call: string, count: number]> = [
  { head: "request", cell: ([call]) => call },
  { head: "effect", cell: ([call]) => requestEffect(call) },
  { head: "count", cell: ([, count]) => count, numeric: true },
];

/** `region: eu → us`, or `accountKeyRead (credential)`. @param code writes a path or value as such. Default: as it is */
export function fieldText(
  { path, credential, values }: FieldChange,
  code = (text: string) => text,
  mark = "(credential)",
) {
  if (credential) return `${code(path)} ${mark}`;
  const shown = values.map(({ text, absent }) => (absent ? text : code(text))).join(" → ");
  return values.length === 0 ? code(path) : `${code(path)}: ${shown}`;
}

/** `key` alone if the service knows the connector by the same name. */
export function labelOf(
  { key, name }: { readonly key: string; readonly name: string },
  write: (name: string) => string,
) {
  return key === name ? write(key) : `${write(key)} (${write(name)})`;
}
