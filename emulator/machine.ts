/** The states of one connector. Time is read when asked, so that no timer outlives a test. */

export type Phase = "STARTING" | "RUNNING" | "STOPPING" | "STOPPED" | "FAILED";

export interface Timing {
  /** From a start to RUNNING, in milliseconds. */
  readonly startMs: number;
  /** From a stop to STOPPED, in milliseconds. */
  readonly stopMs: number;
  /** How long RUNNING is shown after a PUT, before the restart begins; milliseconds. */
  readonly lagMs: number;
}

interface Stage {
  readonly phase: Phase;
  /** When it ends, and what follows; a stage without an end lasts. */
  readonly until?: number;
}

export type Payload = Readonly<Record<string, unknown>>;

export class ConnectorMachine {
  readonly bpn: string;
  payload: Payload;
  starts = 0;
  stops = 0;
  edits = 0;
  restarts = 0;
  #stages: Stage[] = [{ phase: "STOPPED" }];
  /** How the next transition ends: never, or in FAILED. */
  #fate: "stuck" | "failAtStart" | undefined;

  constructor(
    readonly name: string,
    payload: Payload,
    private readonly timing: Timing,
    private readonly now: () => number,
  ) {
    this.payload = payload;
    this.bpn = `BPNL${Array.from(name)
      .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7)
      .toString(16)
      .toUpperCase()
      .padStart(12, "0")}`;
  }

  get phase(): Phase {
    return this.#settle().phase;
  }

  fate(fate: "stuck" | "failAtStart" | undefined): void {
    this.#fate = fate;
  }

  /** Puts it into a state at once, from outside. */
  force(phase: Phase): void {
    this.#stages = [{ phase }];
  }

  start(): void {
    this.starts++;
    this.#begin([], "STARTING", this.timing.startMs, "RUNNING");
  }

  stop(): void {
    this.stops++;
    this.#begin([], "STOPPING", this.timing.stopMs, "STOPPED");
  }

  fail(): void {
    this.#fate = undefined;
    this.force("FAILED");
  }

  /** The new configuration is taken; a connector that isn't at rest restarts with it, after a while of old RUNNING. */
  edit(payload: Payload, startsStopped: boolean): void {
    this.payload = payload;
    this.edits++;
    const phase = this.phase;
    if (phase === "STOPPED" && !startsStopped) return;
    this.restarts++;
    const lag: Stage[] =
      phase === "RUNNING" && this.timing.lagMs > 0 ? [{ phase, until: this.now() + this.timing.lagMs }] : [];
    this.#begin(lag, "STARTING", this.timing.startMs, "RUNNING");
  }

  #begin(before: Stage[], phase: Phase, ms: number, then: Phase): void {
    const from = before.at(-1)?.until ?? this.now();
    const fate = this.#fate;
    this.#fate = undefined;
    if (fate === "stuck") this.#stages = [...before, { phase }];
    else
      this.#stages = [
        ...before,
        { phase, until: from + ms },
        { phase: fate === "failAtStart" && then === "RUNNING" ? "FAILED" : then },
      ];
  }

  #settle(): Stage {
    const now = this.now();
    while (this.#stages.length > 1 && (this.#stages[0]?.until ?? Infinity) <= now) this.#stages.shift();
    return this.#stages[0] as Stage;
  }
}
