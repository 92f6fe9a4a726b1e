import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { formatDuration } from "../../provider/time/duration.js";
import { runCli, stateOf } from "./pulumi-cli.js";
import { journalIn, withEnv } from "./engine-env.js";
import { calledOff, EngineRun, type EngineResult, type EngineVerb } from "./engine-run.js";
import type { Emit } from "../run/events.js";
import { lockIn } from "./lock.js";
import { printable } from "../run/printable.js";
import { interrupted, locked, noStack, noTemporaryFolder, waitingForLock } from "./messages.js";
import { openStack, type OpenStack } from "./open-stack.js";
import { maxConcurrencyIn, parallelFor } from "./parallelism.js";
import { ProgramMark } from "./program-mark.js";
import { exact } from "./selection.js";
import { Selector } from "./selector.js";
import type { OpenSource } from "../source/source.js";
import type { StackOptions } from "./stack-options.js";
import type { StateCompression } from "./state-compression.js";
import { connectorsIn, type State } from "./state.js";
import { isTornRun, untilWhole } from "./torn-read.js";

/** How one engine run is to differ from the command's own options. */
export interface EngineRunOptions {
  readonly refresh?: boolean;
  /** URNs of the connectors to work on, instead of `only` and `exclude`. */
  readonly urns?: readonly string[];
  /** More environment for the engine and the provider, for this run alone. */
  readonly env?: Readonly<Record<string, string>>;
  readonly clearPendingCreates?: boolean;
  readonly excludeProtected?: boolean;
  /**
   * Asked before the run begins after all, when another one has held the lock meanwhile and so may have changed everything;
   * `false` calls the run off.
   */
  readonly stillRight?: () => Promise<boolean>;
  /** Asked right before the engine starts, after every wait for a lock or for another engine; `false` calls the run off. */
  readonly mayBegin?: () => boolean;
}

/** One stack of the Automation API: the one place that starts the engine. */
export class Workspace {
  readonly compression: StateCompression;
  private readonly stack: Stack;
  /** Its state as it was opened, for the first who asks. */
  #opened: State | undefined;
  readonly #selector: Selector;

  private constructor(
    { stack, compression, state }: OpenStack,
    source: OpenSource,
    private readonly options: StackOptions,
    private readonly folder: string,
    private readonly emit: Emit,
    private readonly mark: ProgramMark,
    /** What suits the number of connectors, where the options don't say. */
    private readonly parallel: number,
  ) {
    this.stack = stack;
    this.compression = compression;
    this.#opened = state;
    this.#selector = new Selector(source, options, {
      state: () => this.state(),
      stateIfAny: (name) => this.stateIfAny(name),
      preview: (selection, env) => this.#watched("preview", selection, env, () => undefined),
    });
  }

  /**
   * @param create whether a stack that isn't there is made; its state is compressed unless it is to be `"plain"`
   * @throws ConnectorError `STACK_UNUSABLE`
   */
  static async open(
    source: OpenSource,
    options: StackOptions,
    emit: Emit,
    create: boolean | "plain",
  ): Promise<Workspace> {
    const folder = await mkdtemp(resolve(tmpdir(), "pulumi-dataspace-")).catch((error: NodeJS.ErrnoException) =>
      Promise.reject(noTemporaryFolder(tmpdir(), error.code ?? "unknown")),
    );
    try {
      const mark = new ProgramMark(folder);
      const opened = await openStack(mark.leftBy(source), options, folder, create);
      if (opened.state) source.follow?.(connectorsIn(opened.state));
      const parallel = parallelFor(source.keys?.length, maxConcurrencyIn({ ...process.env, ...options.env }));
      return new Workspace(opened, source, options, folder, emit, mark, parallel);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get name(): string {
    return this.options.stack;
  }

  /** The file in which the provider's processes note what they send and see. */
  get journal(): string {
    return journalIn(this.folder);
  }

  /** Runs the engine, waiting for the stack's lock as long as the options say. */
  async run(verb: EngineVerb, more: EngineRunOptions = {}): Promise<EngineResult> {
    const { signal, parallel = this.parallel } = this.options;
    const { urns, env, stillRight, mayBegin, ...rest } = more;
    const since = performance.now();
    if (!verb.startsWith("preview")) await this.#willWrite();
    for (;;) {
      if (signal?.aborted) throw interrupted(this.name);
      const work = async () => {
        const selection = urns ? { target: exact(urns) } : await this.#selector.select(verb);
        if (mayBegin && !mayBegin()) return calledOff;
        return this.#watched(verb, { parallel, ...selection, ...rest }, env);
      };
      const result = await (this.options.engines ? this.options.engines.run(work) : work());
      if (!result.lockedBy) return result;
      await this.#lockIsFree(since, result.lockedBy, stillRight !== undefined);
      if (stillRight && !(await stillRight())) return calledOff;
    }
  }

  /** Waits for the lock as long as the options say; `surely`: until it has been seen free. */
  async #lockIsFree(since: number, holder: string | undefined, surely: boolean, name = this.name): Promise<void> {
    const { signal, waitForLockMs = 0 } = this.options;
    while (holder !== undefined) {
      if (signal?.aborted) throw interrupted(name);
      const waitedMs = performance.now() - since;
      if (waitedMs >= waitForLockMs) throw locked(name, holder);
      this.emit({ type: "phase", text: waitingForLock(name, formatDuration(waitedMs)) });
      // Two that ask in the same instant may both be refused: they had better not ask in the same instant again.
      const pauseMs = Math.min(1_000 + 2_000 * Math.random(), waitForLockMs - waitedMs);
      await sleep(pauseMs, undefined, signal ? { signal } : {}).catch(() => undefined);
      holder = surely ? await this.lockedBy() : undefined;
    }
  }

  /**
   * The stack's state as Pulumi keeps it: secrets stay encrypted.
   *
   * @param flag by which another stack was asked for
   * @throws ConnectorError `STACK_UNUSABLE` where another stack is asked for that isn't there
   */
  async state(stack: string = this.name, flag?: string): Promise<State> {
    const state = await stateOf(this.stack.workspace, stack);
    if (!state) throw noStack(stack, flag);
    return state;
  }

  /** State as it was when the stack was opened; read anew once it has been asked for, or a run has begun that writes. */
  async stateAsOpened(): Promise<State> {
    const opened = this.#opened;
    this.#opened = undefined;
    return opened ?? this.state();
  }

  /** The state of another stack of the project; an empty one where there is no such stack. */
  async stateIfAny(stack: string): Promise<State> {
    return (await stateOf(this.stack.workspace, stack)) ?? { deployment: {} };
  }

  /** Puts another state in place of the present one, as Pulumi exported it. */
  async setState(state: State): Promise<void> {
    const file = join(this.folder, "state.json");
    await writeFile(file, JSON.stringify(state));
    await this.#edit(["stack", "import", "--stack", this.name, "--file", file]);
  }

  /** Takes connectors over from another stack's state; nobody asks the service. */
  async take(from: string, urns: readonly string[]): Promise<void> {
    await this.#edit(["state", "move", "--source", from, "--dest", this.name, "--yes", ...urns]);
  }

  /** Takes connectors out of state and leaves them alone at the service. */
  async forget(urns: readonly string[]): Promise<void> {
    for (const urn of urns) await this.#edit(["state", "delete", urn, "--stack", this.name, "--force", "--yes"]);
  }

  /** Has the CLI edit state, which does all of it or nothing, waiting for the lock as long as the options say. */
  async #edit(args: readonly string[]): Promise<void> {
    await this.#willWrite();
    const since = performance.now();
    for (;;) {
      try {
        await runCli(this.stack.workspace, args);
        return;
      } catch (error) {
        const lock = lockIn(printable(error));
        if (!lock) throw error;
        // Of two stacks either may be the one that is locked.
        await this.#lockIsFree(since, lock.holder, false, lock.stack);
      }
    }
  }

  /** Looks up the stack's config by full key, e.g. `dataspace:endpoint`. */
  async config(): Promise<(key: string) => string | undefined> {
    const all = await this.stack.getAllConfig();
    return (key) => (Object.hasOwn(all, key) ? all[key]?.value : undefined);
  }

  /** Who holds the stack's lock: a refresh of nothing at all asks for it, and says so. */
  async lockedBy(): Promise<string | undefined> {
    // Even a run that ends without having done anything may write state.
    await this.#willWrite();
    const target = [`urn:pulumi:${this.name}::none::none::none`];
    return (await this.#engine("refresh", { target }, () => undefined)).lockedBy;
  }

  /** Takes the stack's lock away from whoever holds it. */
  async unlock(): Promise<void> {
    await this.stack.cancel();
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #watched(verb: EngineVerb, options: object, env: EngineRunOptions["env"], emit = this.emit): Promise<EngineResult> {
    return this.mark.watch(verb, (marked) =>
      withEnv(this.stack.workspace, { ...env, ...marked }, () => this.#engine(verb, options, emit)),
    );
  }

  #engine(verb: EngineVerb, options: object, emit = this.emit): Promise<EngineResult> {
    return untilWhole(
      () => new EngineRun(this.stack, emit, this.options.signal, this.journal).run(verb, options),
      isTornRun,
    );
  }

  async #willWrite(): Promise<void> {
    this.#opened = undefined;
    await this.compression.apply();
  }
}

/** What the provider's processes have written so far; nothing when they wrote nothing. */
export async function journalText(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}
