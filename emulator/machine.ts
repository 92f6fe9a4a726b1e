/** The statuses of one connector. Time is read when asked, so that no timer outlives a test. */

export type Phase = "STARTING" | "RUNNING" | "STOPPING" | "STOPPED" | "FAILED";

export interface Timing {
  /** From a start to RUNNING, in milliseconds. */
  readonly startMs: number;
  /** From a stop to STOPPED, in milliseconds. */
  readonly stopMs: number;
  /** How long RUNNING is shown after a PUT, before the restart begins; milliseconds. */
  readonly lagMs: number;
  /** Passing statuses that last until an answer has shown them, however long that takes. Default: none. */
  readonly holdUntilSeen?: readonly Phase[];
}

interface Stage {
  readonly phase: Phase;
  /** When it ends, and what follows; without, the stage lasts. */
  readonly until?: number;
  /** It lasts beyond `until`, until an answer has shown it. */
  unseen?: boolean;
}

export type Payload = Readonly<Record<string, unknown>>;

export class ConnectorMachine {
  readonly bpn: string;
  payload: Payload;
  starts = 0;
  stops = 0;
  edits = 0;
  restarts = 0;
  /** The statuses that answers have shown, in order; each run of equal ones once. */
  readonly shown: Phase[] = [];
  #stages: Stage[] = [{ phase: "STOPPED" }];
  /** How the next transition ends: never, or in FAILED. */
  #nextEnd: "stuck" | "failAtStart" | undefined;

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

  /** The phase, for an answer that shows it. */
  show(): Phase {
    const stage = this.#settle();
    stage.unseen = false;
    if (this.shown.at(-1) !== stage.phase) this.shown.push(stage.phase);
    return stage.phase;
  }

  endNextTransition(end: "stuck" | "failAtStart" | undefined): void {
    this.#nextEnd = end;
  }

  /** Sets the status at once. */
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
    this.#nextEnd = undefined;
    this.force("FAILED");
  }

  /** It is STOPPED and will start by itself. */
  get isRestarting(): boolean {
    return this.#settle().phase === "STOPPED" && this.#stages.length > 1;
  }

  /** Takes a new configuration. A connector that is not stopped restarts with it, after `lagMs` of RUNNING. */
  edit(payload: Payload, { startsStopped = false, throughStopped = false } = {}): void {
    this.payload = payload;
    this.edits++;
    const phase = this.phase;
    if (phase === "STOPPED" && !startsStopped) return;
    this.restarts++;
    const before: Stage[] = [];
    const pass = (passed: Phase, ms: number) =>
      before.push(this.#passing(passed, before.at(-1)?.until ?? this.now(), ms));
    if (phase === "RUNNING" && this.timing.lagMs > 0) pass(phase, this.timing.lagMs);
    if (throughStopped && phase !== "STOPPED") {
      pass("STOPPING", this.timing.stopMs);
      pass("STOPPED", this.timing.stopMs);
    }
    this.#begin(before, "STARTING", this.timing.startMs, "RUNNING");
  }

  #begin(before: Stage[], phase: Phase, ms: number, then: Phase): void {
    const from = before.at(-1)?.until ?? this.now();
    const end = this.#nextEnd;
    this.#nextEnd = undefined;
    if (end === "stuck") this.#stages = [...before, { phase }];
    else
      this.#stages = [
        ...before,
        this.#passing(phase, from, ms),
        { phase: end === "failAtStart" && then === "RUNNING" ? "FAILED" : then },
      ];
  }

  /** A stage of no length is never held. */
  #passing(phase: Phase, from: number, ms: number): Stage {
    const held = ms > 0 && (this.timing.holdUntilSeen ?? []).includes(phase);
    return { phase, until: from + ms, unseen: held };
  }

  #settle(): Stage {
    const now = this.now();
    const isOver = ({ until = Infinity, unseen = false }: Stage) => until <= now && !unseen;
    while (this.#stages.length > 1 && isOver(this.#stages[0] as Stage)) this.#stages.shift();
    return this.#stages[0] as Stage;
  }
}
