/**
 * Every text the provider emits (messages, causes, stacks, log and progress lines) passes through {@link redact}.
 * The set of secrets is process-wide on purpose: a value that one resource brought in must not leak through another's error.
 */
const needles = new Set<string>();
let pattern: RegExp | undefined;

const replacement = "[secret]";
/** Shorter values would blank ordinary words; they are only replaced where they stand alone. */
const shortest = 5;

/** Makes `value`, and the encodings in which a server or proxy may echo it, unprintable from now on. */
export function registerSecret(value: string): void {
  if (value.length < 2 || needles.has(value)) return;
  const base64 = Buffer.from(value).toString("base64");
  const forms = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    base64,
    base64.replace(/=+$/, ""),
    Buffer.from(value).toString("base64url"),
    Buffer.from(value).toString("hex"),
  ];
  for (const form of forms) if (form.length >= 2) needles.add(form);
  pattern = undefined;
}

/** `text` with every registered secret replaced, and with control characters and terminal escapes removed. */
export function redact(text: string): string {
  pattern ??= compile();
  const clean = printable(text);
  return pattern ? clean.replace(pattern, replacement) : clean;
}

/** What a server said, fit to be quoted in one line: redacted, stripped, and cut to `limit` characters (300 unless told). */
export function quote(text: string, limit = 300): string {
  const line = redact(text).replace(/\s+/g, " ").trim();
  return line.length <= limit ? line : `${line.slice(0, limit - 1)}…`;
}

function compile(): RegExp | undefined {
  if (needles.size === 0) return undefined;
  const longestFirst = [...needles].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(asPattern).join("|"), "g");
}

function asPattern(needle: string): string {
  const escaped = needle.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
  return needle.length >= shortest ? escaped : `(?<![\\w-])${escaped}(?![\\w-])`;
}

/**
 * `text` without what a terminal obeys: ANSI sequences first, whole, so that no half of one stays; then any other control
 * character except newline and tab.
 */
export function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- removing control characters is the point
  const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
  // eslint-disable-next-line no-control-regex -- as above
  return text.replace(ansi, "").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}
