import { existsSync, readdirSync, readFileSync } from "node:fs";

interface Seen {
  readonly parent: number;
  readonly args: string;
  readonly environment: readonly string[];
}

/** Linux only: elsewhere no process may read another's environment. */
export const canWatch = existsSync("/proc/self/environ");

/** Looks at the arguments and the environment of every process below this one, again and again while a run is under way. */
export class ProcessWatch {
  readonly #seen = new Map<string, Seen>();
  #timer: NodeJS.Timeout | undefined;

  /** @param excepted what the test itself has started, and may know what it knows. */
  constructor(private readonly excepted: () => readonly number[] = () => []) {}

  start(): void {
    if (canWatch) this.#timer = setInterval(() => this.#look(), 20);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get arguments(): string {
    return [...this.#seen.values()].map(({ args }) => args).join("\n");
  }

  /**
   * All variables but those that the user has set to hold a secret.
   *
   * @param given their names
   * @param forCommands those of them that the user's own commands may have inherited, too
   */
  environment(given: readonly string[], forCommands: readonly string[]): string {
    return [...this.#seen.values()]
      .flatMap(({ args, environment }) => {
        // The shell that becomes Pulumi's CLI, deaf to a closed terminal, is no command of the user's.
        const isTheirs = /^(sh|sleep|cat) /.test(args) && !args.startsWith('sh -c trap "" HUP; exec ');
        const known = isTheirs ? forCommands : given;
        return environment.filter((entry) => !known.includes(entry.split("=")[0] ?? ""));
      })
      .join("\n");
  }

  #look(): void {
    const parents = new Map<number, number>();
    for (const pid of readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number)) {
      const stat = readOr(`/proc/${pid}/stat`);
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    }
    const excepted = new Set(this.excepted());
    const isBelow = (pid: number): boolean => {
      const parent = parents.get(pid);
      return parent !== undefined && !excepted.has(pid) && (parent === process.pid || isBelow(parent));
    };
    for (const [pid, parent] of parents) {
      if (!isBelow(pid)) continue;
      const args = readOr(`/proc/${pid}/cmdline`).replaceAll("\0", " ");
      // One process is another one after it has become another program.
      const key = `${pid} ${args}`;
      if (args === "" || this.#seen.has(key)) continue;
      this.#seen.set(key, { parent, args, environment: readOr(`/proc/${pid}/environ`).split("\0") });
    }
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended meanwhile.
    return "";
  }
}
