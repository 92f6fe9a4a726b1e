import { readFile, stat } from "node:fs/promises";
import { decodeUtf8 } from "../../model/utf8.js";
import type { Answer } from "./source.js";

const othersMayRead = 0o004;

/** The file's text, less one line break at its end. */
export async function readFileText(path: string): Promise<Answer> {
  try {
    const [bytes, { mode }] = await Promise.all([readFile(path), stat(path)]);
    const text = decodeUtf8(bytes);
    if (text === undefined) return { problem: "is not UTF-8; save the file as UTF-8" };
    const open = process.platform !== "win32" && (mode & othersMayRead) !== 0;
    return {
      text: text.replace(/\r?\n$/, ""),
      ...(open ? { warning: "is readable by everyone on this machine; run chmod 600 on it" } : {}),
    };
  } catch (error) {
    return {
      problem: `can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}); check its path and permissions`,
    };
  }
}
