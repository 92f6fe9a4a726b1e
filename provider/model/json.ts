import { withoutMark } from "./utf8.js";

/**
 * The value of a JSON text, without the byte order mark that it may begin with; `undefined` if it is not JSON. The parser's own
 * message is never used: it quotes the text.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
