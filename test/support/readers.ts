import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;

export interface Read {
  readonly code: number | null;
  /** What the reader took before it went away. */
  readonly read: string;
  /** What stderr held, where it had no reader of its own. */
  readonly stderr: string;
}

/** Runs the built command before a reader in bash's words: `2>&1 | head -n 3`, `> /dev/full`. */
export async function runReadBy(
  reader: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Record<string, string> },
): Promise<Read> {
  const child = spawn("bash", ["-c", `"$0" "$@" ${reader}; exit \${PIPESTATUS[0]}`, process.execPath, main, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  const [read, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, read, stderr };
}
