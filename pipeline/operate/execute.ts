import type { Account } from "../../provider/core/core.js";
import { isConnectorError, type ConnectorError } from "../../provider/errors/connector-error.js";
import { nextStep } from "../../provider/lifecycle/next-step.js";
import { operate } from "../../provider/lifecycle/operate.js";
import { Records } from "../../provider/lifecycle/records.js";
import { failureOf } from "../../provider/lifecycle/request-failure.js";
import { send } from "../../provider/lifecycle/send.js";
import type { Goal, Limits } from "../../provider/lifecycle/situation.js";
import { Budget } from "../../provider/time/budget.js";
import type { Emit } from "../run/events.js";
import type { PlannedConnector } from "../run/plan.js";
import { failureIn, type ConnectorOutcome } from "../run/report.js";
import { needsWaiting, wordingOf, type PowerStep, type PowerVerb } from "./messages.js";
import { StatusLog } from "./status-log.js";
import type { OperationResult } from "../../provider/lifecycle/operation.js";

export interface ExecuteOptions {
  readonly account: Account;
  readonly signal: AbortSignal;
  readonly emit: Emit;
  /** Limit for one connector, in milliseconds. */
  readonly timeoutMs: number;
  readonly limits: Limits;
}

/** What became of one connector, and the error that says why. */
export interface Executed {
  readonly outcome: ConnectorOutcome;
  readonly error?: ConnectorError;
}

const stepsOf: Readonly<Record<PowerVerb, readonly PowerStep[]>> = {
  start: ["start"],
  stop: ["stop"],
  restart: ["stop", "start"],
  fail: ["fail"],
};

/** Brings one connector to the verb's status and waits until it is there. */
export async function execute(
  verb: PowerVerb,
  connector: PlannedConnector,
  { account, signal, emit, timeoutMs, limits }: ExecuteOptions,
): Promise<Executed> {
  const budget = new Budget(account.clock, timeoutMs);
  const reporter = new Reporter(verb, connector, emit);
  let result: OperationResult | undefined;
  let acted = false;
  for (const step of stepsOf[verb]) {
    const beganAtMs = budget.elapsedMs;
    result = await operate(account, {
      name: connector.name,
      goal: goalOf(step),
      limits: { ...limits, budgetMs: budget.remainingMs },
      signal,
      wording: wordingOf(verb, step),
      onProgress: ({ status, elapsedMs }) => reporter.log.add(status, beganAtMs + elapsedMs),
    });
    acted ||= result.acted;
    if (result.error) break;
  }
  return reporter.end({ error: result?.error, status: result?.seen?.status ?? "absent", acted });
}

/** Sends the verb's one request and doesn't wait for its effect. */
export async function executeUnawaited(
  verb: PowerVerb,
  connector: PlannedConnector,
  { account, signal, emit, limits }: ExecuteOptions,
): Promise<Executed> {
  const { name } = connector;
  const { client, feed, clock } = account;
  const reporter = new Reporter(verb, connector, emit);
  let acted = false;
  try {
    const records = new Records(goalOf(verb === "restart" ? "stop" : verb), limits, clock.now());
    records.sighted(await feed.look(name, { signal }), clock.now());
    const situation = records.situation(clock.now());
    const status = records.seen?.status;
    const step = nextStep(situation);
    if (step.do === "settled") return reporter.end({ status, acted });
    if (step.do !== verb) throw needsWaiting(verb, name, status ?? "absent");
    const sent = await send(client, step.do, name, situation, { signal });
    acted = sent.result === "accepted" || sent.result === "unknown";
    if (sent.error !== undefined) throw sent.error;
    return reporter.end({ acted });
  } catch (thrown) {
    const error = failureOf(thrown, verb, name, "operator");
    if (!isConnectorError(error)) throw error;
    return reporter.end({ error, acted });
  }
}

function goalOf(step: PowerStep): Goal {
  if (step === "fail") return { verb: "fail" };
  const desired = step === "start" ? "RUNNING" : "STOPPED";
  return { verb: "update", desired, payload: undefined, push: false, awaitRestart: false };
}

/** Reports on one connector: events while it is worked on, its outcome at the end. */
class Reporter {
  readonly log: StatusLog;

  constructor(
    private readonly verb: PowerVerb,
    private readonly connector: PlannedConnector,
    private readonly emit: Emit,
  ) {
    this.log = new StatusLog(emit, connector.key);
    emit({ type: "begun", key: connector.key, operation: verb });
  }

  end({
    error,
    status,
    acted,
  }: {
    readonly error?: ConnectorError | undefined;
    readonly status?: string | undefined;
    readonly acted: boolean;
  }): Executed {
    const { key, name, restarts } = this.connector;
    if (error) this.emit({ type: "error", key, text: error.message });
    this.emit({ type: "ended", key, operation: this.verb, ok: !error });
    const failure = error?.code === "CANCELLED" && !acted ? "notStarted" : "failed";
    const outcome: ConnectorOutcome = {
      key,
      name,
      result: error ? failure : "done",
      ...(status === undefined ? {} : { status }),
      ...(error ? { error: error.message, ...failureIn(error) } : { restarts }),
      timeline: this.log.moments,
    };
    return error ? { outcome, error } : { outcome };
  }
}
