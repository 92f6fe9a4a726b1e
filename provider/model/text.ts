import { z } from "zod";
import { parseDuration, durationPattern } from "../time/duration.js";

/** Schemas of the texts that a connector is made of. Their messages are complete after `path: `, and never hold the value. */

const nonEmpty = () => z.string("must be a string").min(1, "is empty; give a value or leave the property out");

/** @param error what is wrong with a control character in it */
export function singleLine(error: string) {
  return nonEmpty().regex(/^[^\p{Cc}]*$/u, error);
}

export function plainText(description: string) {
  return singleLine("contains a control character or line break").meta({ description, push: true });
}

export function urlText(description: string) {
  return nonEmpty()
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
