import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import type { Emit } from "../run/events.js";
import { EngineTranslator, type ResourceError } from "./engine-events.js";
import { JournalTail } from "../run/journal-tail.js";
import { lockIn } from "./lock.js";
import { printable } from "../run/printable.js";

export type EngineVerb = "preview" | "up" | "refresh" | "previewRefresh" | "destroy" | "previewDestroy";

export interface EngineResult {
  readonly ok: boolean;
  readonly interrupted: boolean;
  /** What the engine says of who holds the lock; only then nothing was run. */
  readonly lockedBy?: string;
  /** Nothing was run: after a wait there was another thing to do, or none, or it was no longer allowed. */
  readonly calledOff?: true;
  /** The inline program was never run: what the engine says of it means nothing. */
  readonly programNeverRan?: true;
  /** All but the debug ones, which hold outputs in clear (observed). */
  readonly events: readonly EngineEvent[];
  readonly errors: readonly ResourceError[];
  readonly warnings: readonly ResourceError[];
  readonly notes: readonly ResourceError[];
  /** What the engine printed, for errors that belong to no resource. */
  readonly output: string;
}

export const calledOff: EngineResult = {
  ok: true,
  interrupted: false,
  calledOff: true,
  events: [],
  errors: [],
  warnings: [],
  notes: [],
  output: "",
};

/** How long the engine may take to say that it has seen a Ctrl-C of the terminal itself. */
const heardWithinMs = 300;

/** One run of the engine. */
export class EngineRun {
  readonly #events: EngineEvent[] = [];
  readonly #translator: EngineTranslator;
  readonly #stop = new AbortController();
  #output = "";
  #interrupted = false;

  constructor(
    private readonly stack: Stack,
    emit: Emit,
    private readonly signal: AbortSignal | undefined,
    /** Path of the file that the provider's processes write. */
    journal: string,
  ) {
    this.#translator = new EngineTranslator(emit, new JournalTail(journal));
  }

  async run(verb: EngineVerb, options: object): Promise<EngineResult> {
    const onAbort = () => void this.#interrupt();
    this.signal?.addEventListener("abort", onAbort, { once: true });
    if (this.signal?.aborted) onAbort();
    try {
      await this.stack[verb]({
        // The others are finished before the run ends.
        ...(verb === "up" || verb === "destroy" ? { continueOnError: true } : {}),
        ...options,
        color: "never",
        suppressOutputs: true,
        signal: this.#stop.signal,
        onOutput: (text) => (this.#output += text),
        onError: (text) => (this.#output += text),
        onEvent: (event) => this.#take(event),
      });
      return this.#result(true);
    } catch (error) {
      const text = `${this.#output}\n${printable(error)}`;
      // A lock keeps the engine from beginning; what is said of one later may be anybody's words.
      const lock = hasBegun(this.#events) ? undefined : lockIn(text);
      return { ...this.#result(false), output: text, ...(lock ? { lockedBy: lock.holder } : {}) };
    } finally {
      this.signal?.removeEventListener("abort", onAbort);
    }
  }

  #take(event: EngineEvent): void {
    if (event.diagnosticEvent && (event.diagnosticEvent.severity as string) === "debug") return;
    this.#events.push(event);
    this.#translator.take(event);
  }

  #result(ok: boolean): EngineResult {
    const { errors, warnings, notes } = this.#translator;
    return { ok, interrupted: this.#interrupted, events: this.#events, errors, warnings, notes, output: this.#output };
  }

  /**
   * In a terminal Ctrl-C reaches the engine, too, and a second signal would end it roughly, with operations pending (observed):
   * one is sent only when it has not said that it heard.
   */
  async #interrupt(): Promise<void> {
    this.#interrupted = true;
    const until = performance.now() + heardWithinMs;
    while (performance.now() < until) {
      if (this.#events.some(saysInterrupted)) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    this.#stop.abort();
  }
}

/** Whether the engine came as far as to look at resources: it announces that, before it asks any provider. */
export function hasBegun(events: readonly EngineEvent[]): boolean {
  return events.some(({ preludeEvent, resourcePreEvent }) => preludeEvent ?? resourcePreEvent);
}

/** The CLI's own line; a provider's words come in events of another kind. */
function saysInterrupted({ stdoutEvent }: EngineEvent): boolean {
  return stdoutEvent?.message.trimStart().startsWith("^C received") ?? false;
}
