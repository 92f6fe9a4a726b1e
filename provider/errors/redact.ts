import { addRuns, sharedPieces } from "./pieces.js";

/**
 * Every text the provider emits (messages, causes, stacks, log and progress lines) passes through {@link redact}.
 * The set of secrets is process-wide on purpose: a value that one resource brought in must not leak through another's error.
 *
 * A run of thousands of connectors registers tens of thousands of secrets, one by one, between texts: neither a registration
 * nor a text may cost more for each that is known already, as one pattern made of all of them would.
 */
const needles = new Set<string>();
/** The secrets themselves, without their encodings. */
const values = new Set<string>();
/** Those that are only replaced where they stand alone: few. */
const shortNeedles = new Set<string>();
/** The lengths that the others have, longest first. */
const lengths: number[] = [];
/** One bit per hash of a needle's first characters: most places of a text are passed over with a look at this alone. */
const heads = new Uint32Array(2 ** 15);

const replacement = "[secret]";
/** Shorter values would blank ordinary words; they are only replaced where they stand alone. */
const shortest = 5;
/** Shorter ones yet are no secrets. */
const least = 2;

/** What is never redacted where it stands alone, though a secret may be the same: names, fields, words of the API. */
const identities = new Set<string>();
/** The longest of them, and of what is looked at of a word to find one. */
const longestIdentity = 80;

/** Makes a name, field or word of the API printable, whatever secrets there are: who reads a message has to know what it is about. */
export function registerIdentity(text: string): void {
  if (text.length <= longestIdentity) identities.add(text);
}

/** Makes `value`, and the encodings in which a server or proxy may echo it, unprintable from now on. */
export function registerSecret(value: string): void {
  if (value.length < least || values.has(value)) return;
  values.add(value);
  addRuns(value);
  registerWhole(value);
}

/** A text that holds secrets among other things: only the whole of it is unprintable. */
export function registerWhole(value: string): void {
  if (value.length < least || needles.has(value)) return;
  const bytes = Buffer.from(value);
  const base64 = bytes.toString("base64");
  add(value);
  add(encodeURIComponent(value));
  add(JSON.stringify(value).slice(1, -1));
  add(base64);
  add(base64.replaceAll("=", ""));
  add(bytes.toString("base64url"));
  add(bytes.toString("hex"));
}

/** `text` with every registered secret replaced, and with control characters and terminal escapes removed. */
export function redact(text: string): string {
  return withoutSecrets(withoutControls(text));
}

/**
 * What a server said, redacted: besides secrets, every word goes that shares 6 or more characters in a row with one, whether
 * cut, escaped, encoded, or in another case.
 */
export function redactWords(text: string): string {
  const plain = withoutControls(text);
  let redacted = "";
  let kept = 0;
  for (const [from, to] of sharedPieces(plain)) {
    if (isIdentity(plain.slice(from, to))) continue;
    redacted += plain.slice(kept, from) + replacement;
    kept = to;
  }
  return withoutSecrets(redacted + plain.slice(kept));
}

/** What a server said, fit to be quoted in one line: redacted, stripped, and cut to `limit` characters (300 unless told). */
export function quote(text: string, limit = 300): string {
  // What is redacted gets shorter: looked at far beyond the cut.
  return shortened(redactWords(text.slice(0, 64 * limit)), limit);
}

/** A text of our own in one line: redacted, stripped and cut. */
export function oneLine(text: string, limit = 300): string {
  return shortened(redact(text), limit);
}

function shortened(text: string, limit: number): string {
  const spaced = text.replace(/\s+/g, " ").trim();
  return spaced.length <= limit ? spaced : `${spaced.slice(0, limit - 1)}…`;
}

/** Also as the end of a sentence. */
function isIdentity(word: string): boolean {
  return word.length <= longestIdentity && identities.has(word.replace(/[.!?…]$/, ""));
}

/** Whether what was found is, or is part of, an identity that stands alone. */
function isInIdentity(text: string, at: number, length: number): boolean {
  if (identities.size === 0 || length > longestIdentity) return false;
  let from = at;
  let to = at + length;
  while (at - from < longestIdentity && /[\w.-]/.test(text.charAt(from - 1))) from--;
  while (to - at < longestIdentity && /[\w.-]/.test(text.charAt(to))) to++;
  return isIdentity(text.slice(from, to));
}

function add(needle: string): void {
  if (needle.length < least || needles.has(needle)) return;
  if (needle.length < shortest) return void shortNeedles.add(needle);
  needles.add(needle);
  const head = headAt(needle, 0);
  heads[head >>> 5] = (heads[head >>> 5] ?? 0) | (1 << (head & 31));
  if (lengths.includes(needle.length)) return;
  lengths.push(needle.length);
  lengths.sort((a, b) => b - a);
}

/** A number of as many bits as `heads` has, made of the `shortest` characters from here on. */
function headAt(text: string, at: number): number {
  let hash = 0;
  for (let i = at; i < at + shortest; i++) hash = Math.imul(hash, 33) ^ text.charCodeAt(i);
  return (hash ^ (hash >>> 12)) & (heads.length * 32 - 1);
}

function withoutSecrets(text: string): string {
  let redacted = "";
  let kept = 0;
  for (let at = 0; at <= text.length - least;) {
    const length = longAt(text, at) || shortAt(text, at);
    if (length === 0 || isInIdentity(text, at, length)) at++;
    else {
      redacted += text.slice(kept, at) + replacement;
      at += length;
      kept = at;
    }
  }
  return kept === 0 ? text : redacted + text.slice(kept);
}

/** Length of the longest secret that begins here; 0: none does. */
function longAt(text: string, at: number): number {
  const head = headAt(text, at);
  if (((heads[head >>> 5] ?? 0) & (1 << (head & 31))) === 0) return 0;
  return lengths.find((length) => at + length <= text.length && needles.has(text.slice(at, at + length))) ?? 0;
}

function shortAt(text: string, at: number): number {
  for (let length = shortest - 1; length >= least && shortNeedles.size > 0; length--) {
    const alone = !/[\w-]/.test(text.charAt(at - 1)) && !/[\w-]/.test(text.charAt(at + length));
    if (alone && shortNeedles.has(text.slice(at, at + length))) return length;
  }
  return 0;
}

/**
 * `text` without what a terminal obeys: ANSI sequences first, whole, so that no half of one stays; then any other control
 * character except newline and tab, those that turn the direction of writing around too.
 */
export function withoutControls(text: string): string {
  // eslint-disable-next-line no-control-regex -- removing control characters is the point
  const ansi = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g;
  // eslint-disable-next-line no-control-regex -- as above
  const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  return text.replace(ansi, "").replace(controls, "");
}
