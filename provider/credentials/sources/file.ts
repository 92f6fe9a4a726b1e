import { readFile, stat } from "node:fs/promises";
import type { Answer } from "./source.js";

const othersMayRead = 0o004;

/** The file's text, less one line break at its end. */
export async function readFileText(path: string): Promise<Answer> {
  try {
    const [text, { mode }] = await Promise.all([readFile(path, "utf8"), stat(path)]);
    const open = process.platform !== "win32" && (mode & othersMayRead) !== 0;
    return {
      text: text.replace(/\r?\n$/, ""),
      ...(open ? { warning: "can be read by everybody on this machine; chmod 600 keeps it to you" } : {}),
    };
  } catch (error) {
    return {
      problem: `can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}); check its path and permissions`,
    };
  }
}
