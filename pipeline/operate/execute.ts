import type { Account } from "../../provider/core/core.js";
import { isConnectorError, type ConnectorError } from "../../provider/errors/connector-error.js";
import { nextStep } from "../../provider/lifecycle/next-step.js";
import { operate, type OperationResult } from "../../provider/lifecycle/operate.js";
import { Records } from "../../provider/lifecycle/records.js";
import { send } from "../../provider/lifecycle/send.js";
import type { Goal, Limits } from "../../provider/lifecycle/situation.js";
import { Budget } from "../../provider/time/budget.js";
import type { Emit } from "../run/events.js";
import { notWithoutWaiting, requestFailure, wordingOf, type PowerStep, type PowerVerb } from "./messages.js";
import type { PlannedConnector } from "../run/plan.js";
import type { ConnectorOutcome } from "../run/report.js";
import { SightLog } from "./status-log.js";

export interface ExecuteOptions {
  readonly account: Account;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Limit for one connector, in milliseconds. */
  readonly timeoutMs: number;
  readonly limits: Limits;
}

/** How it ended for one connector, and the error that says so. */
export interface Carried {
  readonly outcome: ConnectorOutcome;
  readonly error?: ConnectorError;
}

const legs: Readonly<Record<PowerVerb, readonly PowerStep[]>> = {
  start: ["start"],
  stop: ["stop"],
  restart: ["stop", "start"],
  fail: ["fail"],
};

/** Brings one connector where the verb wants it, and waits until it is there. */
export async function execute(verb: PowerVerb, connector: PlannedConnector, options: ExecuteOptions): Promise<Carried> {
  const { account, signal, limits } = options;
  const budget = new Budget(account.clock, options.timeoutMs);
  const told = new Told(verb, connector, options.emit);
  let ending: OperationResult | undefined;
  let acted = false;
  for (const step of legs[verb]) {
    const beganAtMs = budget.elapsedMs;
    ending = await operate(account, {
      name: connector.name,
      goal: goalOf(step),
      limits: { ...limits, budgetMs: budget.remainingMs },
      signal,
      wording: wordingOf(verb, step),
      onProgress: ({ status, elapsedMs }) => told.log.saw(status, beganAtMs + elapsedMs),
    });
    acted ||= ending.acted;
    if (ending.error) break;
  }
  return told.ended({ error: ending?.error, status: ending?.seen?.status ?? "absent", acted });
}

/** Sends the one request that the verb takes, and waits for nothing. */
export async function executeUnawaited(
  verb: PowerVerb,
  connector: PlannedConnector,
  { account, emit, signal, limits }: ExecuteOptions,
): Promise<Carried> {
  const { name } = connector;
  const told = new Told(verb, connector, emit);
  let acted = false;
  try {
    const records = new Records(goalOf(oneLeg(verb)), limits, account.clock.now());
    records.sighted(await account.feed.look(name, { signal }), account.clock.now());
    const situation = records.situation(account.clock.now());
    const step = nextStep(situation);
    if (step.do === "settled") return told.ended({ status: records.seen?.status, acted });
    if (step.do !== verb) throw notWithoutWaiting(verb, name, records.seen?.status ?? "absent");
    const sent = await send(account.client, step.do, name, situation, { signal });
    acted = sent.result === "accepted" || sent.result === "unknown";
    if (sent.error !== undefined) throw sent.error;
    return told.ended({ acted });
  } catch (thrown) {
    const error = requestFailure(thrown, verb, name);
    if (!isConnectorError(error)) throw error;
    return told.ended({ error, acted });
  }
}

/** What is told of one connector while it is worked on, and at the end. */
class Told {
  readonly log: SightLog;

  constructor(
    private readonly verb: PowerVerb,
    private readonly connector: PlannedConnector,
    private readonly emit: Emit,
  ) {
    this.log = new SightLog(emit, connector.key);
    emit({ type: "begun", key: connector.key, operation: verb });
  }

  ended(end: {
    readonly error?: ConnectorError | undefined;
    readonly status?: string | undefined;
    readonly acted: boolean;
  }): Carried {
    const { verb, emit, log } = this;
    const { key, name, restarts } = this.connector;
    const { error, status, acted } = end;
    const notStarted = error?.code === "CANCELLED" && !acted;
    if (error) emit({ type: "error", key, text: error.message });
    emit({ type: "ended", key, operation: verb, ok: !error });
    const outcome: ConnectorOutcome = {
      key,
      name,
      result: notStarted ? "notStarted" : error ? "failed" : "done",
      ...(status === undefined ? {} : { status }),
      ...(error ? { error: error.message } : { restarts }),
      timeline: log.moments,
    };
    return error ? { outcome, error } : { outcome };
  }
}

function oneLeg(verb: PowerVerb): PowerStep {
  return verb === "restart" ? "stop" : verb;
}

function goalOf(step: PowerStep): Goal {
  if (step === "fail") return { verb: "fail" };
  const desired = step === "start" ? "RUNNING" : "STOPPED";
  return { verb: "update", desired, payload: undefined, push: false, awaitRestart: false };
}
