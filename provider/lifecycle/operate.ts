import type { Operation, OperationContext, OperationResult, Wording } from "./operation.js";
import { isRequestError, type RequestError } from "../api/outcome.js";
import { isConnectorError, type ConnectorError } from "../errors/connector-error.js";
import { failureError, type FailureKind } from "../errors/messages/lifecycle.js";
import type { ObservedConnector } from "../model/observed-connector.js";
import { Budget, type Deadline } from "../time/budget.js";
import { formatDuration } from "../time/duration.js";
import { failureKindOf, inFull, reasonIn, refusedRequest, whyRefused } from "./failure.js";
import { differencesFrom, differing } from "./matches.js";
import { nextStep } from "./next-step.js";
import type { Progress } from "./progress-line.js";
import { Records } from "./records.js";
import { factsOf, failureOf, passes } from "./request-failure.js";
import { send } from "./send.js";
import type { ActionName, Refusal } from "./situation.js";

const progressEveryMs = 5_000;
/** How long the look after a cancel may take. */
const lastLookMs = 2_000;

/** Look, decide, act, look again, until the goal is reached or can't be. Never throws for what happens at the service. */
export async function operate(context: OperationContext, operation: Operation): Promise<OperationResult> {
  const run = new Run(context, operation);
  try {
    await run.toTheEnd();
    return run.ending();
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    await run.proveCreate();
    return run.ending(error);
  } finally {
    run.close();
  }
}

class Run {
  readonly #records: Records;
  readonly #budget: Budget;
  /** Aborts on the caller's cancel and at the end of the budget, whichever comes first. */
  readonly #deadline: Deadline;
  readonly #refusals = new Map<ActionName, RequestError>();
  #lastLookError: RequestError | undefined;
  #lookedSinceAction = false;
  #lastProgress: { key: string; at: number } | undefined;
  /** Of which it isn't known yet whether it is waited out. */
  #fresh: Progress | undefined;
  readonly #wording: Wording;

  constructor(
    private readonly context: OperationContext,
    private readonly operation: Operation,
  ) {
    const { goal, limits, signal } = operation;
    this.#records = new Records(goal, limits, context.clock.now());
    this.#budget = new Budget(context.clock, limits.budgetMs);
    this.#wording = operation.wording ?? {
      kind: failureError,
      request: (error, name) => failureOf(error, goal.verb, name),
    };
    this.#deadline = this.#budget.deadline(signal);
  }

  close(): void {
    this.#deadline.end();
  }

  ending(error?: ConnectorError): OperationResult {
    const { seen, done, acted, made } = this.#records;
    return { ...(error ? { error } : {}), seen, done, acted, made };
  }

  async toTheEnd(): Promise<void> {
    await this.#firstLook();
    for (;;) {
      // Nothing is decided on what was seen before the last look failed.
      if (this.#lastLookError) {
        await this.#nextLook();
        continue;
      }
      const step = nextStep(this.#records.situation(this.context.clock.now()));
      switch (step.do) {
        case "settled":
          return;
        case "refuse":
          throw this.#kind(failureKindOf(step.because, this.operation.goal, this.#records.done), step.because);
        case "wait":
          if (this.#fresh) this.operation.onWait?.(this.#fresh);
          this.#fresh = undefined;
          await this.#nextLook(step.until);
          break;
        case "read":
          await this.#readAlone();
          break;
        default:
          await this.#act(step.do);
          await this.#nextLook();
      }
    }
  }

  /**
   * A cancel ends waits at once. But what a POST of this operation may have made is looked at once more, briefly: only what was
   * seen to come of it is this resource's own, and the next run goes on with it.
   */
  async proveCreate(): Promise<void> {
    const { done, made } = this.#records;
    if (!this.operation.signal.aborted || !done.create || done.create.result === "refused" || made) return;
    const { clock, feed } = this.context;
    const budget = new Budget(clock, lastLookMs);
    const { signal, end } = budget.deadline(new AbortController().signal);
    const look = feed.look(this.operation.name, { signal, budget, alone: true, known: false });
    await look.then((seen) => this.#saw(seen, true)).catch(() => undefined);
    end();
  }

  async #firstLook(): Promise<void> {
    const { name, goal } = this.operation;
    if (goal.verb === "delete" && goal.onDelete === "retain") return;
    const { feed, clock } = this.context;
    try {
      // What was there before this operation began isn't made by it: only what was absent since then can be.
      const look = goal.verb === "create" ? feed.exists(name, { ...this.#options(), since: clock.now() }) : undefined;
      this.#saw(await (look ?? feed.look(name, this.#options())));
    } catch (error) {
      this.#failedLook(error, false);
    }
  }

  /** One that fails before anything was sent ends the operation: there is nothing to be waited for. */
  async #readAlone(): Promise<void> {
    try {
      this.#saw(await this.context.feed.look(this.operation.name, { ...this.#options(), alone: true }), true);
    } catch (error) {
      this.#failedLook(error, Object.keys(this.#records.done).length > 0);
    }
  }

  /** Waits for the next sight. What fails for the moment is tried again until the budget is spent: something is under way. */
  async #nextLook(by?: number): Promise<void> {
    const [{ name }, { feed }] = [this.operation, this.context];
    try {
      // Absence in a list alone is no proof: the confirmed look decides.
      const seen = (await feed.next(name, { ...this.#options(), by })) ?? (await feed.look(name, this.#options()));
      this.#lastLookError = undefined;
      this.#saw(seen);
    } catch (error) {
      this.#failedLook(error, true);
    }
  }

  #failedLook(error: unknown, again: boolean): void {
    const stopped = this.#stopped();
    if (stopped) throw stopped;
    if (!again || !isRequestError(error) || !passes(error)) throw this.#wording.request(error, this.operation.name);
    this.#lastLookError = error;
  }

  #saw(seen: ObservedConnector | undefined, alone = false): void {
    const now = this.context.clock.now();
    this.#records.sighted(seen, now, alone);
    this.#lookedSinceAction = true;
    const edit = this.#records.done.edit;
    const restartAwaited = edit !== undefined && !edit.moved && seen?.kind === "running";
    const key = `${seen?.status ?? ""} ${restartAwaited}`;
    const last = this.#lastProgress;
    if (last && last.key === key && now - last.at < progressEveryMs) return;
    this.#lastProgress = { key, at: now };
    this.#fresh = { status: seen?.status, elapsedMs: this.#budget.elapsedMs, restartAwaited };
    this.operation.onProgress?.(this.#fresh);
  }

  async #act(name: ActionName): Promise<void> {
    const stopped = this.#stopped();
    if (stopped) throw stopped;
    const { operation, context } = this;
    const sent = await send(
      context.client,
      name,
      operation.name,
      this.#records.situation(context.clock.now()),
      this.#options(),
    );
    context.feed.invalidate(operation.name, sent.result === "accepted" ? name : undefined);
    if (sent.result === "final") throw this.#stopped() ?? this.#wording.request(sent.error, operation.name);
    if (sent.error) this.#refusals.set(name, sent.error);
    this.#records.sent(name, sent.result, context.clock.now());
    this.#lookedSinceAction = false;
  }

  #options() {
    const { create, delete: deleted } = this.#records.done;
    // What this operation has made, or has deleted itself, may well be absent.
    const known = create || (deleted && deleted.result !== "refused") ? false : this.operation.known;
    return { signal: this.#deadline.signal, budget: this.#budget, ...(known === undefined ? {} : { known }) };
  }

  /** The error to end with when the caller's cancel or the budget has stopped this run. */
  #stopped(): ConnectorError | undefined {
    if (!this.#deadline.signal.aborted) return undefined;
    if (this.operation.signal.aborted) return this.#kind("cancelled");
    const results = Object.values(this.#records.done).map((record) => record.result);
    if (this.#lookedSinceAction || results.length === 0) return this.#kind("timeout");
    return this.#kind(results.includes("unknown") ? "outcomeUnknown" : "unseen");
  }

  #kind(kind: FailureKind, because?: Refusal): ConnectorError {
    const { name, goal } = this.operation;
    const { seen } = this.#records;
    const { elapsedMs } = this.#budget;
    const request = because ? refusedRequest(because, this.#refusals) : this.#lastLookError;
    const why = because ? whyRefused(request) : request && inFull(request);
    return this.#wording.kind(kind, {
      acted: this.#records.acted,
      verb: goal.verb,
      name,
      status: seen?.status,
      elapsed: formatDuration(elapsedMs),
      ...(goal.verb === "create" ? { onExisting: goal.onExisting } : {}),
      ...(goal.verb === "create" && seen
        ? { differing: (goal.assume ? differencesFrom : differing)(seen, goal.payload) }
        : {}),
      why: because === "failed" ? reasonIn(seen) : why,
      facts: { status: seen?.status, elapsedMs, ...factsOf(request) },
    });
  }
}
