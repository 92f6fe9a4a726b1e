import { execFileSync } from "node:child_process";

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(): Process[] {
  return execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
}

/** The engine that this process has started, and the provider processes below it. */
export function enginesAndProviders(): { engines: number[]; providers: number[] } {
  const processes = all();
  const below = (pid: number): Process[] =>
    processes.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  const engines = processes.filter(
    ({ parent, command }) => parent === process.pid && /pulumi (up|destroy)/.test(command),
  );
  const providers = engines.flatMap(({ pid }) => below(pid)).filter(({ command }) => /dynamic-provider/.test(command));
  return { engines: engines.map(({ pid }) => pid), providers: providers.map(({ pid }) => pid) };
}

export function isAlive(pid: number): boolean {
  return all().some((process) => process.pid === pid && !process.command.includes("<defunct>"));
}

export function kill(pids: readonly number[], signal: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended already.
    }
  }
}
