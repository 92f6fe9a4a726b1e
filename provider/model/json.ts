const byteOrderMark = "\ufeff";

/** `undefined` for what is no JSON; one byte order mark before it is left out. The parser's own message is never used: it quotes the text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
