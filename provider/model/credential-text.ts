import { z } from "zod";
import { anySource, sourceKinds, writtenAs } from "./sources.js";
import { singleLine } from "./text.js";

const functions = sourceKinds.map((kind) => `\`${writtenAs(kind)}\``).join(", ");

/** The schema of one credential; `pair` is the other half of its key pair. */
export function credentialText(description: string, marks: { readonly pair: string }) {
  return singleLine("contains a control character or line break; was it read from a file with its newline?")
    .meta({
      description: `${description} A value, or a reference (${functions}). Required, unless \`credentials\` gives it.`,
      credential: true,
      ...marks,
    })
    .optional();
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
