import type { ServerResponse } from "node:http";
import type { ConnectorMachine } from "./machine.js";
import type { Answer, CallName } from "./routes.js";
import { drip, send } from "./wire.js";

/** A request that a fault hits. */
interface FaultedRequest {
  readonly response: ServerResponse;
  /** Its body. */
  readonly text: string;
  /** Lets the service handle the request, and returns its answer. */
  readonly handle: () => Answer;
  /** The connector that it names, if there is one. */
  readonly connector: () => ConnectorMachine | undefined;
}

/**
 * One row per fault: what happens to a request that it hits. A row with a second parameter is written as that object, which
 * has a property of the row's name; the others are written as their name.
 */
const rows = {
  /** The request takes effect, and the connection breaks. */
  loseAnswer({ handle, response }: FaultedRequest): void {
    handle();
    response.destroy();
  },
  /** The connection breaks, and the request has no effect. */
  reset({ response }: FaultedRequest): void {
    response.destroy();
  },
  /** No answer, ever. */
  hang(): void {},
  /** The service gets the request twice, as from a proxy that repeats it; the second answer is sent. */
  twice({ handle, response }: FaultedRequest): void {
    handle();
    send(response, handle());
  },
  /** The transition that the request begins never ends. */
  stuck: (request: FaultedRequest) => transition(request, "stuck"),
  /** The start that the request begins ends in FAILED. */
  failAtStart: (request: FaultedRequest) => transition(request, "failAtStart"),
  /** An answer of the test's own; the request has no effect. `echo`: the body repeats what was sent. */
  status(
    { response, text }: FaultedRequest,
    fault: {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly echo?: boolean;
    },
  ): void {
    const echo = () => JSON.stringify({ detail: [{ loc: ["body"], msg: "invalid", input: text }], sent: text });
    response.writeHead(fault.status, { "content-type": "application/json", ...fault.headers });
    response.end(fault.echo ? echo() : (fault.body ?? ""));
  },
  /** The answer is late. `when`: whether the request takes effect before or after the delay. Default: after. */
  async delayMs(
    { response, handle }: FaultedRequest,
    { delayMs, when }: { readonly delayMs: number; readonly when?: "before" | "after" },
  ): Promise<void> {
    const early = when === "after" ? handle() : undefined;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    send(response, early ?? handle());
  },
  /** The request takes effect at once, and its answer waits until this has settled. */
  async until({ response, handle }: FaultedRequest, { until }: { readonly until: Promise<unknown> }): Promise<void> {
    const answer = handle();
    await until;
    send(response, answer);
  },
  /** The answer comes one byte at a time. */
  dripMs({ response, handle }: FaultedRequest, { dripMs }: { readonly dripMs: number }): void {
    drip(response, JSON.stringify(handle().body), dripMs);
  },
};

function transition({ connector, handle, response }: FaultedRequest, end: "stuck" | "failAtStart"): void {
  const before = connector();
  before?.endNextTransition(end);
  const answer = handle();
  const created = before ? undefined : connector();
  // The request has already started the connector that it created: start it again.
  created?.endNextTransition(end);
  created?.start();
  send(response, answer);
}

type Rows = typeof rows;

export type FaultAction = {
  [Name in keyof Rows]: Rows[Name] extends (request: FaultedRequest) => unknown ? Name : Parameters<Rows[Name]>[1];
}[keyof Rows];

export interface FaultScript {
  readonly call?: CallName;
  readonly connector?: string;
  /** The first of the matching requests that is hit. Default: 1. */
  readonly nth?: number;
  /** How many are hit from there on. Default: 1. */
  readonly times?: number;
  readonly do: FaultAction;
}

/** A fault that was set: how many requests it has hit, and a way to remove it. */
export interface Fault {
  readonly hits: number;
  remove(): void;
}

export class Faults {
  readonly #entries = new Set<{ script: FaultScript; seen: number; hits: number }>();

  /** @throws Error where there is no such fault: scripts come from other processes, too */
  add(script: FaultScript): Fault {
    rowOf(script.do);
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

  /** The fault that hits this request, if any; counts it. */
  next(call: CallName | "other", connector: string | undefined): FaultAction | undefined {
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

/** Does to a request what a fault says. */
export async function applyFault(fault: FaultAction, request: FaultedRequest): Promise<void> {
  await rowOf(fault)(request, fault as never);
}

function rowOf(fault: unknown): (request: FaultedRequest, fault: never) => unknown {
  const isNamed = (name: string) => fault === name || (typeof fault === "object" && fault !== null && name in fault);
  const [, row] = Object.entries(rows).find(([name]) => isNamed(name)) ?? [];
  if (!row)
    throw new Error(`the emulator has no fault ${JSON.stringify(fault)}; it has ${Object.keys(rows).join(", ")}`);
  return row as (request: FaultedRequest, fault: never) => unknown;
}
