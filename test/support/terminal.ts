import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";

const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;

/** Whether `script` of util-linux is there, which gives a command a terminal. */
export const hasTerminal = spawnSync("script", ["--version"]).stdout?.toString().includes("util-linux") ?? false;
if (!hasTerminal)
  console.warn("Skipped: what is typed in a terminal, because there is no `script` of util-linux here.");

/** Runs the built command in a terminal; `keys` are typed once `when` has shown there. */
export async function typeAtCli(
  args: readonly string[],
  env: Record<string, string>,
  keys: string,
  when: string,
): Promise<{ readonly code: number | null; readonly screen: string }> {
  const { CI: _, ...inherited } = process.env;
  const command = [process.execPath, main, ...args].map((word) => `'${word}'`).join(" ");
  // A terminal of no size, as it would be, shows nothing.
  const sized = `stty cols 120 rows 40; exec ${command}`;
  const child = spawn("script", ["-qec", sized, "/dev/null"], { env: { ...inherited, ...env } });
  let output = "";
  let typed = false;
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
    if (typed || !stripVTControlCharacters(output).includes(when)) return;
    typed = true;
    child.stdin.write(keys);
  });
  const [code] = (await once(child, "close")) as [number | null];
  return { code, screen: stripVTControlCharacters(output).replaceAll("\r", "") };
}

/**
 * Runs the built command in a terminal, and closes that once `when` has come, as a window is closed: the whole group is sent
 * SIGHUP, and nothing can be written any more. Resolves to the exit code, when the command has ended.
 */
export async function closeTerminalOf(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: Record<string, string>;
    /** Where the shell in the terminal leaves the exit code. */
    readonly codeFile: string;
    readonly when: Promise<unknown>;
  },
): Promise<number> {
  const { CI: _, ...inherited } = process.env;
  const command = [process.execPath, main, ...args].map((word) => `'${word}'`).join(" ");
  // The shell of the terminal dies of it, which hangs up on all that run in it; the one inside outlives that.
  const inside = `trap : HUP; ${command}; echo $? > '${options.codeFile}'`;
  const child = spawn("script", ["-qec", 'stty cols 120 rows 40; sh -c "$INSIDE"; true', "/dev/null"], {
    cwd: options.cwd,
    env: { ...inherited, ...options.env, SHELL: "/bin/sh", INSIDE: inside },
  });
  child.stdout.resume();
  await options.when;
  child.kill("SIGKILL");
  for (;;) {
    const code = await readFile(options.codeFile, "utf8").catch(() => "");
    if (code.endsWith("\n")) return Number(code);
    await setTimeout(100);
  }
}
