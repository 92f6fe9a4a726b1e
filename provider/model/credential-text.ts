import { z } from "zod";
import { anySource, sourceKinds, writtenAs } from "./sources.js";
import { singleLine } from "./text.js";
import { bareToken, withoutMark } from "./utf8.js";

const functions = sourceKinds.map((kind) => `\`${writtenAs(kind)}\``).join(", ");

/** For `refine` of a schema of strings. */
export const visibleEnds = [
  (text: string) => !hasInvisibleEnd(text),
  "begins or ends with an invisible character, e.g. a no-break space; remove it",
] as const;

/** The schema of a token, which takes what files and shells leave around one. */
export const tokenText = z
  .string()
  .transform((text) => bareToken(withoutMark(text)))
  .pipe(
    z
      .string()
      .min(1, "is empty")
      .regex(
        /^[\x21-\x7e]*$/,
        "contains a character that a token can't contain (a space, a line break, an invisible or a non-ASCII character)",
      ),
  );

/** The schema of one credential; `pair` is the other half of its key pair. */
export function credentialText(description: string, marks: { readonly pair: string }) {
  return singleLine("contains a control character or line break; was it read from a file with its newline?")
    .refine(...visibleEnds)
    .refine(
      (text) => !text.includes("\ufffd"),
      "holds the character U+FFFD, which replaces bytes that were not valid UTF-8; give it in UTF-8",
    )
    .meta({
      description: `${description} A value, or a reference (${functions}). Required, unless \`credentials\` gives it.`,
      credential: true,
      ...marks,
    })
    .optional();
}

/** What an editor or a web page may leave at an end, and nobody sees. An ordinary space may belong to a credential. */
function hasInvisibleEnd(text: string): boolean {
  return [text.at(0), text.at(-1)].some((end = "") => end !== " " && /^[\p{Cf}\p{Z}]$/u.test(end));
}

/** One reference to all credentials of a block. */
export function bundleText() {
  return z
    .string(`must be a reference; make it with ${anySource()}`)
    .optional()
    .meta({
      description: `A reference (${functions}) to a JSON object that holds the credentials of this block by name. A credential that is given beside it wins.`,
      bundle: true,
    });
}
