import { allCredentialFields } from "./storage.js";

/** Parts of names, without separators and case, that stand for a credential wherever they are. */
const parts = new RegExp(
  [
    "secret|passw|passphrase|credential|token|username|account(?:key|name)|authorization|sas(?:ur[il]|key)",
    "(?:access|api|client|encryption|private|service|shared|signing|storage)key|conn(?:ection)?(?:string|str)",
  ].join("|"),
);

/** Words that stand for one only where they stand alone in a name: `sas`, but not `disaster`. */
const words: ReadonlySet<string> = new Set(
  "sas key keys pwd pass pin pat otp auth authorisation bearer cookie dsn jwt signature sig user login".split(" "),
);

/** What an entry of a list of settings is called: `{ name: "apiKey", value: "…" }`. */
export function labelOf(entries: readonly (readonly [string, unknown])[]): string | undefined {
  const label = entries.find(
    ([key, value]) => /^(name|key|field|property|label)$/i.test(key) && typeof value === "string",
  );
  return entries.some(([key]) => /^value/i.test(key)) ? (label?.[1] as string | undefined) : undefined;
}

/**
 * Whether a field is named like a credential: `apiKey`, `connection_string`, `SAS`, `password_write` (assumed: services name
 * things as they like). Better one too many than one too few.
 */
export function isCredentialName(name: string): boolean {
  if (allCredentialFields.has(name)) return true;
  const plain = name.normalize("NFKC");
  const spaced = plain.replace(/([a-z\d])([A-Z])/g, "$1 $2").replace(/([A-Z])([A-Z][a-z])/g, "$1 $2");
  const folded = spaced
    .replace(/([A-Za-z])(\d)/g, "$1 $2")
    .toLowerCase()
    .split(/[\W_]+/);
  return folded.some((word) => words.has(word)) || parts.test(folded.join(""));
}
