/** The text that these bytes are in UTF-8, without the byte order mark that they may begin with; `undefined` if they are not valid UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Without the one byte order mark that it may begin with, as the decoder leaves it out. */
export function withoutMark(text: string): string {
  return text.startsWith("\ufeff") ? text.slice(1) : text;
}

/**
 * A token without the ASCII white space that files and shells leave around it. Anything else that can't be seen, e.g. a no-break
 * space, stays, and is refused.
 */
export function bareToken(text: string): string {
  return text.replace(/^[ \t\r\n]+/, "").replace(/(?<![ \t\r\n])[ \t\r\n]+$/, "");
}
