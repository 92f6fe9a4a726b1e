import { z } from "zod";
import { parseDuration, durationPattern } from "../time/duration.js";

/** Schemas of the texts that a connector is made of. Their messages are complete after `path: `, and never hold the value. */

const nonEmpty = (error: string) => z.string(error).min(1, "is empty; give a value or leave the property out");
const noControls = /^[^\p{Cc}]*$/u;

export function plainText(description: string) {
  return nonEmpty("must be a string")
    .regex(noControls, "contains a control character or line break")
    .meta({ description, push: true });
}

export function credentialText(description: string, marks: { readonly pair: string }) {
  return nonEmpty("must be a string")
    .regex(noControls, "contains a control character or line break; was it read from a file with its newline?")
    .meta({
      description: `${description} A value, or a reference (\`fromEnv\`, \`fromFile\`, \`fromCommand\`). Needed, unless \`credentials\` gives it.`,
      credential: true,
      ...marks,
    })
    .optional();
}

/** One reference to all credentials of a block. */
export function bundleText() {
  return z.string("must be a reference; make it with fromEnv, fromFile or fromCommand").optional().meta({
    description:
      "A reference (`fromEnv`, `fromFile`, `fromCommand`) to a JSON object that holds the credentials of this block under their names; one that is given beside it wins.",
    bundle: true,
  });
}

export function urlText(description: string) {
  return nonEmpty("must be a string")
    .refine(isWebUrl, "is not an http or https URL without user name and password")
    .meta({ description, push: true });
}

export function durationText(description: string) {
  return z
    .string('must be a duration; write it like "15m", "90s" or "1h30m"')
    .refine((text) => parseDuration(text) !== undefined, 'is not a duration; write it like "15m", "90s" or "1h30m"')
    .meta({ description, pattern: durationPattern.source });
}

export function word<const Words extends readonly [string, ...string[]]>(words: Words, description: string) {
  return z.enum(words, `must be one of ${words.join(", ")}`).meta({ description });
}

/** `%s` stands for an account's name in a template; any name will do to see whether the rest is a URL. */
function isWebUrl(text: string): boolean {
  const url = URL.parse(text.replaceAll("%s", "name"));
  return (
    url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "" && url.hostname !== ""
  );
}
