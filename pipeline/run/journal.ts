import { z } from "zod";
import { parseJson } from "../../provider/model/json.js";
import type { Failure } from "./report.js";

const facts = z.object({
  status: z.string().optional(),
  httpStatus: z.number().optional(),
  elapsedMs: z.number().optional(),
  requestId: z.string().optional(),
  why: z.string().optional(),
});

const line = z.discriminatedUnion("kind", [
  z.object({
    at: z.number(),
    kind: z.literal("request"),
    /** `create`, `edit`, `get`, `list`, `start`, `stop`, `fail` or `delete`. */
    call: z.string(),
    connector: z.string().nullish(),
    status: z.number().nullish(),
    ms: z.number().nullish(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("status"),
    connector: z.string(),
    /** Absent if the service has no such connector. */
    status: z.string().nullish(),
    restartAwaited: z.boolean().nullish(),
    elapsedMs: z.number().nullish(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("waiting"),
    urn: z.string(),
    /** Absent if the service has no such connector. */
    status: z.string().nullish(),
    restartAwaited: z.boolean(),
    elapsedMs: z.number(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("refused"),
    urn: z.string(),
    /** The whole error, as the provider wrote it. */
    text: z.string(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("ended"),
    connector: z.string(),
    /** The error's code and facts; absent on success. */
    code: z.string().optional(),
    facts: facts.optional(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("account"),
    /** Absent for the default one. */
    account: z.string().optional(),
    endpoint: z.string(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("checked"),
    connector: z.string(),
    /** Paths of the credentials that are given as values. */
    literals: z.array(z.string()),
    /** Paths of the credentials that name no value to go back to. */
    withoutPrevious: z.array(z.string()),
  }),
]);

/** An action or observation of the provider's process; `at` is in milliseconds since 1970. */
export type JournalLine = z.output<typeof line>;

/**
 * The lines of a provider's journal (NDJSON). Unreadable lines are skipped: a killed process leaves half a line, and a newer
 * version writes kinds that this one does not know.
 */
export function readJournal(text: string): JournalLine[] {
  return text.split("\n").flatMap((each) => {
    const read = line.safeParse(parseJson(each));
    return read.success ? [read.data] : [];
  });
}

/**
 * By the connector's name at the service: the failure of its last operation, and what check found about its credentials. And
 * the accounts that were asked.
 */
export function journalFacts(journal: readonly JournalLine[]) {
  const failures = new Map<string, Failure>();
  /** Changed credentials that have no value to go back to. */
  const withoutPrevious = new Map<string, readonly string[]>();
  /** Credentials that are given as values. */
  const literals = new Map<string, readonly string[]>();
  /** Base URLs by account; `undefined` is the default one. */
  const endpoints = new Map<string | undefined, string>();
  for (const line of journal) {
    if (line.kind === "ended") {
      if (line.code === undefined) failures.delete(line.connector);
      else failures.set(line.connector, { code: line.code, facts: line.facts ?? {} });
    } else if (line.kind === "checked") {
      withoutPrevious.set(line.connector, line.withoutPrevious);
      literals.set(line.connector, line.literals);
    } else if (line.kind === "account") endpoints.set(line.account, line.endpoint);
  }
  return { failures, withoutPrevious, literals, endpoints };
}
