import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

const main = new URL("../../dist/cli/main.js", import.meta.url).pathname;

export interface CliOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** What it reads from stdin; without, stdin is empty. */
  readonly input?: string;
}

export interface CliOutcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BegunCli {
  /** In a process group of its own, as a terminal does it. */
  readonly child: ChildProcessWithoutNullStreams;
  /** Everything that it has printed so far. */
  readonly printed: () => string;
  readonly ended: Promise<CliOutcome>;
}

/** Begins the built command in a process of its own, without colours and without any DATASPACE_* but those of `env`. */
export function beginCli(args: readonly string[], options: CliOptions = {}): BegunCli {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(DATASPACE_|FORCE_COLOR$)/.test(name));
  const child = spawn(process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...options.env },
    detached: true,
  });
  // One that ends before it has read everything closes the pipe.
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => (printed += chunk));
  const closed = once(child, "close") as Promise<[number | null]>;
  const ended = Promise.all([text(child.stdout), text(child.stderr), closed]).then(
    ([stdout, stderr, [code]]): CliOutcome => ({ code, stdout, stderr }),
  );
  return { child, printed: () => printed, ended };
}

/** Runs the built command to its end. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliOutcome> {
  return beginCli(args, options).ended;
}

/** Every time that passed as `T`. */
export function timeless(outcome: CliOutcome): CliOutcome {
  return { ...outcome, stderr: outcome.stderr.replace(/\b\d+m?s\b/g, "T") };
}
