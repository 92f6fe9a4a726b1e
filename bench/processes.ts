import { readdirSync, readFileSync } from "node:fs";
import type { Memory } from "./runs.ts";

export type Role = "engine" | "provider";

/** What the processes of a role are called; matched against the command line. */
export type Roles = Readonly<Record<Role, RegExp>>;

const everyMs = 200;
const ticksPerSecond = 100;

/** Watches the memory of all processes below this one, by role, until it is ended. Without `/proc` it sees nothing. */
export class MemoryWatch {
  readonly #roles: Roles;
  readonly #timer: NodeJS.Timeout;
  readonly #peaks = new Map<number, { role: Role; bytes: number }>();

  constructor(roles: Roles) {
    this.#roles = roles;
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  end(): Partial<Record<Role, Memory>> {
    clearInterval(this.#timer);
    this.#look();
    const found: Partial<Record<Role, Memory>> = {};
    for (const { role, bytes } of this.#peaks.values()) {
      const before = found[role] ?? { bytes: 0, processes: 0 };
      found[role] = { bytes: Math.max(before.bytes, bytes), processes: before.processes + 1 };
    }
    return found;
  }

  #look(): void {
    for (const pid of below(process.pid)) {
      const known = this.#peaks.get(pid);
      const role = known?.role ?? this.#roleOf(pid);
      // The kernel keeps the peak itself, so that a look between two peaks misses nothing.
      const bytes = role && peakOf(pid);
      if (role && bytes !== undefined) this.#peaks.set(pid, { role, bytes });
    }
  }

  #roleOf(pid: number): Role | undefined {
    const command = read(`/proc/${pid}/cmdline`)?.replaceAll("\0", " ");
    if (command === undefined || command.startsWith("/bin/sh")) return undefined;
    return (["provider", "engine"] as const).find((role) => this.#roles[role].test(command));
  }
}

/** CPU seconds that a process has taken so far. */
export function cpuSecondsOf(pid: number): number | undefined {
  const fields = statOf(pid);
  return fields && (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** The processes below one, at any depth. */
function below(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of list("/proc")) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? Number(statOf(pid)?.[1]) : NaN;
    if (parent > 0) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found = children.get(root) ?? [];
  // The list grows while it is walked.
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** What follows the command's name: state, parent, … */
function statOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

function peakOf(pid: number): number | undefined {
  const [, kib] = /^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`) ?? "") ?? [];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function list(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
