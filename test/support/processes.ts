import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";

export interface Process {
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

/** Children of this process, and theirs. */
export function processesBelow(pid: number, processes: readonly Process[] = all()): Process[] {
  return processes
    .filter(({ parent }) => parent === pid)
    .flatMap((child) => [child, ...processesBelow(child.pid, processes)]);
}

/** The engine that this process has started, and the provider processes below it. */
export function enginesAndProviders(): { engines: number[]; providers: number[] } {
  const processes = all();
  const engines = processes.filter(
    ({ parent, command }) => parent === process.pid && /pulumi (up|destroy)/.test(command),
  );
  const providers = engines
    .flatMap(({ pid }) => processesBelow(pid, processes))
    .filter(({ command }) => /dynamic-provider/.test(command));
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

/** Whether this process accepts TCP connections. Linux only. */
export function isListening(pid: number): boolean {
  try {
    const sockets = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`)));
    const lines = readFileSync(`/proc/${pid}/net/tcp`, "utf8").trim().split("\n").slice(1);
    return lines.some((line) => {
      const [, , , state, , , , , , inode] = line.trim().split(/\s+/);
      return state === "0A" && sockets.has(`socket:[${inode}]`);
    });
  } catch {
    // It has just opened or closed a file, or ended.
    return false;
  }
}
