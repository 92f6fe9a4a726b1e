import { z } from "zod";
import { parseDuration } from "../../../provider/time/duration.js";
import { nearest } from "../../../provider/model/nearest.js";
import { cronProblem, isTimeZone } from "./window.js";

/** The names of the rules, in exceptions and violations. */
export const ruleKeys = [
  "limits.creates",
  "limits.restarts",
  "limits.destroys",
  "limits.gone",
  "allow.replace",
  "allow.credentialPush",
  "allow.powerChange",
  "allow.adopt",
  "require.protect",
  "require.credentialReferences",
  "require.names",
  "untouchable",
  "window",
] as const;

export type RuleKey = (typeof ruleKeys)[number];

const none = "must be an object with properties; add some, or remove it";

function block<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return z.strictObject(shape, none).optional().meta({ description });
}

function count(description: string) {
  const wrong = "must be a whole number, 0 or more";
  return z.int(wrong).min(0, wrong).optional().meta({ description });
}

function percentage(description: string) {
  const wrong = "must be a number from 0 to 100";
  return z.number(wrong).min(0, wrong).max(100, wrong).optional().meta({ description });
}

function flag(description: string) {
  return z.boolean("must be true or false").optional().meta({ description });
}

function text(description: string, wrong = "must be a non-empty string") {
  return z.string(wrong).min(1, wrong).meta({ description });
}

function globs(description: string) {
  return z.array(text("Glob.", "must be a glob"), "must be a list of globs").meta({ description });
}

const limits = block("How many connectors one run may do something to. The whole fleet counts, over all its shards.", {
  creates: count("Connectors that may be created."),
  restarts: block("Connectors that may go down and come up again for their partners.", {
    max: count("Connectors that may restart."),
    percent: percentage("Share of all declared connectors that may restart, in percent."),
  }),
  destroys: count(
    "Connectors that may be destroyed; replacing one is ruled by `allow.replace`. Guards against a program that lost half of its connectors.",
  ),
  gone: count("Connectors of the state that may have vanished from the service. Guards against another account."),
});

const allow = block("What may happen at all. Default of each: `true`.", {
  replace: flag("Whether a connector may be replaced, which changes its name and bpn for its partners."),
  credentialPush: flag("Whether an edit may send changed credentials to a connector."),
  powerChange: flag("Whether a connector may be started or stopped."),
  adopt: flag("Whether a connector that exists at the service, but not in state, may be taken over."),
});

const requirements = block("What every declared connector must fulfil, apart from those that are destroyed.", {
  protect: flag("Whether each must be protected against deletion (`protect: true`)."),
  credentialReferences: flag("Whether credentials must be references (to environment, file or command), not values."),
  names: text("Regular expression that the names at the service must match, e.g. `^acme-`.")
    .refine(isPattern, "is not a regular expression")
    .optional(),
});

const window = block("When connectors may change. Outside of it, every change is refused.", {
  cron: text("When the window opens: minute, hour, day of the month, month, day of the week, e.g. `0 22 * * 2`.").check(
    ({ value, issues }) => {
      const message = cronProblem(value);
      if (message !== undefined) issues.push({ code: "custom", message, input: value });
    },
  ),
  duration: text("How long it stays open, e.g. `4h`; true hours, also where the clocks change.").refine(
    (value) => (parseDuration(value) ?? 0) > 0,
    'is not a duration above 0; write it like "4h", "90m" or "1h30m"',
  ),
  timeZone: text("Time zone of `cron`, e.g. `Europe/Berlin`.").check(({ value, issues }) => {
    if (!isTimeZone(value)) issues.push({ code: "custom", message: noTimeZone(value), input: value });
  }),
});

const exception = z.strictObject(
  {
    rule: z
      .enum(ruleKeys, { error: ({ input }) => noRule(input) })
      .meta({ description: "The rule, e.g. `limits.restarts`." }),
    connectors: globs(
      "Connectors that the rule doesn't count: globs over their keys and their names at the service.",
    ).min(1, "is empty; name the connectors"),
    until: z.iso
      .date("must be a date, written like 2026-12-01")
      .meta({ description: "Last day on which it holds, in the window's time zone, else in UTC." }),
    reason: text("Why, e.g. the number of a ticket."),
  },
  "must be an object with rule, connectors, until and reason",
);

/** What a policy file may say. */
export const policySchema = z
  .strictObject(
    {
      $schema: z.string("must be a string").optional().meta({ description: "Where this schema is, for editors." }),
      version: z.literal(1, "must be 1, the version of this format").meta({ description: "Version of this format." }),
      limits,
      allow,
      require: requirements,
      untouchable: globs(
        "Connectors that nothing may restart, stop, replace or destroy: globs over their keys and their names at the service.",
      ).optional(),
      window,
      exceptions: z.array(exception, "must be a list of exceptions").optional().meta({
        description: "What a rule doesn't apply to, for a time. One whose time is over is ignored, with a warning.",
      }),
    },
    "must be an object of properties, beginning with version: 1",
  )
  .meta({ title: "Policy of pulumi-dataspace" });

type Rules = Omit<z.output<typeof policySchema>, "$schema" | "version">;

/** What a run may do. Everything else is allowed. */
export interface Policy extends Rules {
  /** The file that it was read from, as messages name it. */
  readonly file?: string;
  /** The flag that tightened each field, e.g. `{ "limits.creates": "--max-creates" }`. */
  readonly flags?: Readonly<Record<string, string>>;
}

export type Exception = z.output<typeof exception>;

function isPattern(value: string): boolean {
  try {
    return new RegExp(value, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

function noTimeZone(value: string): string {
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  const ofCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${value.toLowerCase()}`));
  return `is not a time zone${meant(ofCity ?? nearest(value, zones), "write it like Europe/Berlin")}`;
}

function noRule(value: unknown): string {
  return `is not a rule${meant(typeof value === "string" ? nearest(value, ruleKeys) : undefined, `it is one of ${ruleKeys.join(", ")}`)}`;
}

function meant(near: string | undefined, otherwise: string): string {
  return near === undefined ? `; ${otherwise}` : `; did you mean ${near}?`;
}
