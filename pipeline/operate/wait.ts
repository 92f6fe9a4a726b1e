import type { RequestError } from "../../provider/api/outcome.js";
import type { ConnectorError } from "../../provider/errors/connector-error.js";
import { inFull, whyRefused } from "../../provider/lifecycle/failure.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import { statusKind } from "../../provider/model/status.js";
import { formatDuration } from "../../provider/time/duration.js";
import type { Emit } from "../run/events.js";
import { waitFailures, noSuchConnector } from "./messages.js";
import { reportOf, type Report, exitCodeFor } from "../run/report.js";
import { Run } from "../run/run.js";
import { meantBy, requireName, told } from "./matching.js";
import { withService, type Service, type ServiceOptions } from "../service/service.js";
import { observe } from "./observe.js";
import { SightLog } from "./status-log.js";

export interface WaitOptions extends ServiceOptions {
  /** A status word, compared without case, or `absent`. Default `RUNNING`. */
  readonly for?: string;
  /** Default 10 minutes. */
  readonly timeoutMs?: number;
}

const tenMinutesMs = 10 * 60_000;

/**
 * Waits until a connector has a status; changes nothing. The report's exit code is 4 when it has FAILED (at once) while RUNNING
 * is waited for, and 1 when the time is up or the connector is gone.
 *
 * @throws ConnectorError `NOT_FOUND` when there is no such connector at first, or when the service can't be asked.
 */
export function wait(name: string, options: WaitOptions = {}): Run<Report> {
  return new Run(async (emit) => {
    requireName(name);
    const startedAt = Date.now();
    return withService(options, async (service) => {
      const log = new SightLog(emit, name);
      const waiting = new Waiting(service, name, options.for ?? "RUNNING", log, emit);
      const error = await told(service, "watch", name, () => waiting.toTheEnd(options.timeoutMs ?? tenMinutesMs));
      if (error) emit({ type: "error", key: name, text: error.message });
      emit({ type: "ended", key: name, operation: "wait", ok: !error });
      const outcome = {
        key: name,
        name,
        result: error ? ("failed" as const) : ("done" as const),
        status: waiting.status,
        ...(error ? { error: error.message } : {}),
        timeline: log.moments,
      };
      return reportOf("wait", startedAt, exitCodeFor(error ? [error] : []), {
        connectors: [outcome],
        requests: service.requests,
      });
    });
  });
}

class Waiting {
  #seen: ObservedConnector | undefined;
  #looked = false;
  #trouble: RequestError | undefined;
  readonly #beganAt: number;

  constructor(
    private readonly service: Service,
    private readonly name: string,
    private readonly wanted: string,
    private readonly log: SightLog,
    private readonly emit: Emit,
  ) {
    this.#beganAt = service.account.clock.now();
  }

  get status(): string {
    return this.#looked ? (this.#seen?.status ?? "absent") : "unseen";
  }

  /** `undefined`: what was waited for is there. */
  async toTheEnd(timeoutMs: number): Promise<ConnectorError | undefined> {
    const { account, signal } = this.service;
    const either = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    for await (const seen of observe(account, this.name, either, (error) => this.#outlast(error))) {
      if (!seen && !this.#looked && !isAs(seen, this.wanted))
        throw noSuchConnector("watch", this.name, await meantBy(this.service, this.name));
      this.#seen = seen;
      this.#looked = true;
      this.#trouble = undefined;
      this.log.saw(seen?.status, this.#elapsedMs);
      if (isAs(seen, this.wanted)) return undefined;
      if (!seen) return this.#waitFailure("gone");
      if (seen.kind === "failed" && statusKind(this.wanted) === "running") return this.#waitFailure("failed");
    }
    return this.#waitFailure(signal.aborted ? "cancelled" : "timeout");
  }

  #outlast(error: RequestError): void {
    this.#trouble = error;
    this.emit({ type: "warning", key: this.name, text: `${error.message}; trying again` });
  }

  get #elapsedMs(): number {
    return this.service.account.clock.now() - this.#beganAt;
  }

  #waitFailure(way: keyof typeof waitFailures): ConnectorError {
    const trouble = this.#trouble && inFull(this.#trouble);
    return waitFailures[way]({
      name: this.name,
      wanted: this.wanted,
      status: this.status,
      elapsed: formatDuration(this.#elapsedMs),
      why: way === "failed" ? whyRefused("failed", new Map(), this.#seen) : trouble,
    });
  }
}

/** `FAILED` is also what other words for it mean; every other word is compared as it is written, but for its case. */
function isAs(seen: ObservedConnector | undefined, wanted: string): boolean {
  if (!seen) return wanted.toLowerCase() === "absent";
  if (seen.kind !== "transition" && seen.kind === statusKind(wanted)) return true;
  return seen.status.toLowerCase() === wanted.toLowerCase();
}
