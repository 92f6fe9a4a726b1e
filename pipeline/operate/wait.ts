import type { RequestError } from "../../provider/api/outcome.js";
import type { ConnectorError } from "../../provider/errors/connector-error.js";
import { inFull, reasonIn } from "../../provider/lifecycle/failure.js";
import { factsOf } from "../../provider/lifecycle/request-failure.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { statusKind } from "../../provider/model/status.js";
import { Budget } from "../../provider/time/budget.js";
import { formatDuration } from "../../provider/time/duration.js";
import type { Emit } from "../run/events.js";
import { exitCodeFor, failureIn, reportOf, type ConnectorOutcome, type Report } from "../run/report.js";
import { Run } from "../run/run.js";
import { withService, type Service, type ServiceOptions } from "../service/service.js";
import { follow } from "./follow.js";
import { notFound, requireName } from "./matching.js";
import { waitError, type WaitFailureKind } from "./messages.js";
import { defaultTimeoutMs } from "./power.js";
import { StatusLog } from "./status-log.js";

export interface WaitOptions extends ServiceOptions {
  /** A status, compared without case, or `absent`. @default RUNNING */
  readonly for?: string;
  /** Milliseconds. @default 600000 */
  readonly timeoutMs?: number;
}

/**
 * Waits until a connector has a status; changes nothing. The report's exit code is 4 when it has FAILED (at once) while RUNNING
 * is waited for, and 1 when the time is up or the connector is gone.
 *
 * @throws ConnectorError `NOT_FOUND` when there is no such connector at first, or why the service can't be reached
 */
export function wait(name: string, options: WaitOptions = {}): Run<Report> {
  return new Run((emit) =>
    withService(options, { verb: "watch", name }, async (service) => {
      requireName(name);
      const startedAt = Date.now();
      const { for: target = "RUNNING", timeoutMs = defaultTimeoutMs } = options;
      const waiting = new Waiting(service, name, target, new Budget(service.account.clock, timeoutMs), emit);
      const error = await waiting.run();
      if (error) emit({ type: "error", key: name, text: error.message });
      emit({ type: "ended", key: name, operation: "wait", ok: !error });
      const connector: ConnectorOutcome = {
        key: name,
        name,
        result: error ? "failed" : "done",
        ...(waiting.status === undefined ? {} : { status: waiting.status }),
        ...(error ? { error: error.message, ...failureIn(error) } : {}),
        timeline: waiting.log.moments,
      };
      const { requests } = service;
      return reportOf("wait", startedAt, exitCodeFor(error ? [error] : []), { connectors: [connector], requests });
    }),
  );
}

class Waiting {
  readonly log: StatusLog;
  #observed: ObservedConnector | undefined;
  #trouble: RequestError | undefined;

  constructor(
    private readonly service: Service,
    private readonly name: string,
    private readonly target: string,
    private readonly budget: Budget,
    private readonly emit: Emit,
  ) {
    this.log = new StatusLog(emit, name);
  }

  /** The last one seen, or `absent`; `undefined`: none yet. */
  get status(): string | undefined {
    return this.log.moments.at(-1)?.status;
  }

  /** Resolves to `undefined` once the connector has the status. */
  async run(): Promise<ConnectorError | undefined> {
    const { service, name, target, budget } = this;
    const deadline = budget.deadline(service.signal);
    try {
      for await (const observed of follow(service.account, name, deadline.signal, (error) => this.#retry(error))) {
        const reached = hasStatus(observed, target);
        if (!observed && !reached && this.status === undefined) throw await notFound(service, "watch", name);
        this.#observed = observed;
        this.#trouble = undefined;
        this.log.add(observed?.status, budget.elapsedMs);
        if (reached) return undefined;
        if (!observed) return this.#failure("gone");
        if (observed.kind === "failed" && statusKind(target) === "running") return this.#failure("failed");
      }
      return this.#failure(service.signal.aborted ? "cancelled" : "timeout");
    } finally {
      deadline.end();
    }
  }

  #retry(error: RequestError): void {
    this.#trouble = error;
    this.emit({ type: "warning", key: this.name, text: `${error.message}; trying again` });
  }

  #failure(kind: WaitFailureKind): ConnectorError {
    const { name, target, status } = this;
    const { elapsedMs } = this.budget;
    const trouble = this.#trouble;
    const why = kind === "failed" ? reasonIn(this.#observed) : trouble && inFull(trouble);
    const facts = { status, elapsedMs, ...factsOf(trouble) };
    return waitError(kind, { name, target, status, elapsed: formatDuration(elapsedMs), why, facts });
  }
}

/** `FAILED` also matches other words for it. Every other status is compared as it is written, without case. */
function hasStatus(observed: ObservedConnector | undefined, target: string): boolean {
  if (!observed) return target.toLowerCase() === "absent";
  if (observed.kind !== "transition" && observed.kind === statusKind(target)) return true;
  return observed.status.toLowerCase() === target.toLowerCase();
}
