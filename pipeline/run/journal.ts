import { z } from "zod";
import { parseJson } from "../../provider/model/json.js";
import { identityOf } from "../../provider/model/name.js";
import type { Failure } from "./report.js";

const facts = z.object({
  status: z.string().optional(),
  httpStatus: z.number().optional(),
  elapsedMs: z.number().optional(),
  requestId: z.string().optional(),
  why: z.string().optional(),
});

/** What a line is about. */
const subject = {
  /** Absent for the default one. */
  account: z.string().nullish(),
  /** Its name at the service; absent where it is not known yet. */
  connector: z.string().nullish(),
  urn: z.string().nullish(),
};

const line = z.discriminatedUnion("kind", [
  z.object({
    at: z.number(),
    kind: z.literal("request"),
    /** `create`, `edit`, `get`, `list`, `start`, `stop`, `fail` or `delete`. */
    call: z.string(),
    account: z.string().nullish(),
    connector: z.string().nullish(),
    status: z.number().nullish(),
    ms: z.number().nullish(),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("status"),
    ...subject,
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
    ...subject,
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
    ...subject,
    /** Paths of the credentials that are given as values. */
    literals: z.array(z.string()),
    /** Paths of the credentials that name no value to go back to. */
    withoutPrevious: z.array(z.string()),
  }),
  z.object({
    at: z.number(),
    kind: z.literal("compared"),
    /** `diff`: state and program; `read`: state and service. */
    by: z.enum(["diff", "read"]),
    ...subject,
    /** Paths of the fields that differ. */
    paths: z.array(z.string()),
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

/** A connector of a run, as its plan and its provider know it. */
export interface ConnectorId {
  readonly urn?: string | undefined;
  readonly account?: string | undefined;
  readonly name: string;
}

/** What is known of connectors, by resource; and by account and name, for what an older provider or state says without a URN. */
export class ConnectorFacts<Fact> {
  readonly #byUrn = new Map<string, Fact>();
  readonly #byIdentity = new Map<string, Fact>();

  /** @param fact `undefined`: what was known no longer holds */
  set(
    { urn, account, connector }: Extract<JournalLine, { kind: "ended" | "checked" | "compared" }>,
    fact?: Fact,
  ): void {
    const slots = [
      [this.#byUrn, urn],
      [this.#byIdentity, connector ? identityOf(account ?? undefined, connector) : undefined],
    ] as const;
    for (const [facts, id] of slots) {
      if (!id) continue;
      if (fact === undefined) facts.delete(id);
      else facts.set(id, fact);
    }
  }

  /** `undefined`: nothing is known, which is no reason to allow anything. */
  of({ urn, account, name }: ConnectorId): Fact | undefined {
    const own = urn === undefined ? undefined : this.#byUrn.get(urn);
    return own ?? this.#byIdentity.get(identityOf(account, name));
  }
}

/** What check found about a connector's credentials: paths. */
export interface CheckedCredentials {
  readonly literals: readonly string[];
  readonly withoutPrevious: readonly string[];
}

/**
 * By connector: the failure of its last operation, what check found about its credentials, and the fields that differ. And the
 * accounts that were asked.
 */
export function journalFacts(journal: readonly JournalLine[]) {
  const failures = new ConnectorFacts<Failure>();
  const checked = new ConnectorFacts<CheckedCredentials>();
  const compared = { diff: new ConnectorFacts<readonly string[]>(), read: new ConnectorFacts<readonly string[]>() };
  const endpoints = new Map<string | undefined, string>();
  for (const line of journal) {
    if (line.kind === "ended")
      failures.set(line, line.code === undefined ? undefined : { code: line.code, facts: line.facts ?? {} });
    else if (line.kind === "checked") checked.set(line, line);
    else if (line.kind === "compared") compared[line.by].set(line, line.paths);
    else if (line.kind === "account") endpoints.set(line.account, line.endpoint);
  }
  return { failures, checked, compared, endpoints };
}
