import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
