export type CallName = "create" | "edit" | "list" | "get" | "start" | "stop" | "fail" | "delete";

/**
 * What happens to a request. `loseAnswer`: it takes effect, and the connection breaks. `reset`: it breaks without effect.
 * `hang`: no answer, ever. `twice`: the service gets it twice, as from a proxy that repeats; the second answer is given. `stuck`, `failAtStart`: how the transition ends that it begins.
 */
export type FaultAction =
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly echo?: boolean;
    }
  | { readonly delayMs: number; readonly when?: "before" | "after" }
  | { readonly dripMs: number }
  | "loseAnswer"
  | "reset"
  | "hang"
  | "twice"
  | "stuck"
  | "failAtStart";

export interface FaultScript {
  readonly call?: CallName;
  readonly connector?: string;
  /** The first of the matching requests that is hit; 1 unless told. */
  readonly nth?: number;
  /** How many are hit from there on; 1 unless told. */
  readonly times?: number;
  readonly do: FaultAction;
}

/** A fault that was set: how often it has struck, and a way to take it back. */
export interface Fault {
  readonly hits: number;
  remove(): void;
}

export class Faults {
  readonly #entries = new Set<{ script: FaultScript; seen: number; hits: number }>();

  add(script: FaultScript): Fault {
    const entry = { script, seen: 0, hits: 0 };
    this.#entries.add(entry);
    return {
      get hits() {
        return entry.hits;
      },
      remove: () => void this.#entries.delete(entry),
    };
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The fault that strikes this request, if any; counts it. */
  strike(call: CallName | "other", connector: string | undefined): FaultAction | undefined {
    let action: FaultAction | undefined;
    for (const entry of this.#entries) {
      const { script } = entry;
      if (script.call !== undefined && script.call !== call) continue;
      if (script.connector !== undefined && script.connector !== connector) continue;
      entry.seen++;
      const first = script.nth ?? 1;
      if (action !== undefined || entry.seen < first || entry.seen >= first + (script.times ?? 1)) continue;
      entry.hits++;
      action = script.do;
    }
    return action;
  }
}
