import { ConnectorError } from "../../../provider/errors/connector-error.js";

/** Where a violated rule is defined. */
export interface Origin {
  readonly rule: string;
  /** Its path in the file, e.g. `limits.restarts.max`. */
  readonly field: string;
  /** The policy file; absent if a program passed the policy as an object. */
  readonly file?: string | undefined;
  /** The flag that tightened it, e.g. `--max-restarts`. */
  readonly flag?: string | undefined;
}

export interface Statement {
  /** What would happen to the connectors: `would be created`. */
  readonly found: string;
  /** Their keys, some followed by `: …` with a detail. */
  readonly connectors: readonly string[];
  /** The number of all connectors, for a rule on their share. */
  readonly of?: number;
  /** What the rule says: `allows 2`. */
  readonly says: string;
  /** What the reader can do about the run. */
  readonly next: string;
  /** What to do about the rule: `raise`, `set to true`. */
  readonly loosen: (field: string) => string;
}

/** `limits.creates: 3 connectors would be created (a, b, c); policy.yaml allows 2.`, with the next step. */
export function violation(origin: Origin, { found, connectors, of, says, next, loosen }: Statement): string {
  const { rule, field, file = "the policy", flag } = origin;
  const many = of === undefined ? counted(connectors.length) : `${connectors.length} of ${counted(of)}`;
  const way = flag === undefined ? `${loosen(field)} in ${file}, or add an exception there` : `or run without ${flag}`;
  return `${rule}: ${many} ${found} (${listed(connectors)}); ${flag ?? file} ${says}.\nNext: ${next}, ${way}.`;
}

/** @param globs those of the rule, from the file, flags or both */
export function untouchable(
  { rule, file, flag }: Origin,
  connectors: readonly string[],
  globs: readonly string[],
): string {
  const places = [file, flag].filter((place) => place !== undefined).join(" or ") || "the policy";
  return `${rule}: ${counted(connectors.length)} would be changed (${listed(connectors)}); these must not be restarted, stopped, replaced or destroyed: ${listed(globs)}.\nNext: Revert the change, leave them out (--exclude GLOB), or remove them from ${rule} in ${places}.`;
}

/** Changes outside the window. `closed`: `The window is closed at …; it opens on … for 4h`. */
export function outsideWindow(
  { rule, file = "the policy" }: Origin,
  connectors: readonly string[],
  closed: string,
): string {
  return `${rule}: ${counted(connectors.length)} would change (${listed(connectors)}). ${closed}\nNext: Run again in the window, or add an exception to ${file}.`;
}

const mostListed = 20;

function listed(connectors: readonly string[]): string {
  const rest = connectors.length - mostListed;
  return connectors.slice(0, mostListed).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

function counted(count: number): string {
  return `${count} ${count === 1 ? "connector" : "connectors"}`;
}

/** Flags that allow more than the policy does. */
export function loosened(
  flags: readonly { readonly flag: string; readonly says: string; readonly field: string }[],
  file = "the policy",
): ConnectorError {
  const clauses = flags.map(({ flag, says, field }) => `${flag} would loosen ${field}, which ${says}`);
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use the flags: ${clauses.join("; ")}. Flags may only tighten ${file}.`,
    next: `Leave ${flags.length === 1 ? "it" : "them"} out, or change ${file}.`,
  });
}

export function policyUnreadable(file: string, error: unknown): ConnectorError {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not read the policy ${file}: ${code === "ENOENT" ? "there is no such file" : code}.`,
    next: "Correct its path, or make the file readable.",
  });
}

export function policyNotUtf8(file: string): string {
  return `${file}: is not UTF-8; save the file as UTF-8`;
}

/** @param problems each with file, line and column. */
export function policyInvalid(file: string, problems: readonly string[]): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: [
      `Could not use the policy ${file}: ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}.`,
      ...problems,
    ].join("\n"),
    next: `Correct ${file}; an editor completes and checks it when its first line is # yaml-language-server: $schema=./node_modules/pulumi-dataspace/policy.schema.json`,
  });
}

interface Over {
  readonly rule: string;
  readonly connectors: readonly string[];
  readonly until: string;
  readonly reason: string;
}

export function exceptionOver({ rule, connectors, until, reason }: Over): string {
  return `the exception from ${rule} for ${connectors.join(", ")} (${reason}) ended on ${until} and is ignored.\nNext: Remove it, or set a later date.`;
}
