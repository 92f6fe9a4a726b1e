/** `node tools/with-env.mjs NAME=value command …`: the same on every shell, Windows' too. What is set already stays. */
import { spawnSync } from "node:child_process";

const words = process.argv.slice(2);
const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
const given = Object.fromEntries(words.slice(0, first).map((word) => word.split("=")));
const [program, ...args] = words.slice(first);
const { status } = spawnSync(program, args, {
  stdio: "inherit",
  env: { ...given, ...process.env },
  shell: process.platform === "win32",
});
process.exitCode = status ?? 1;
