import assert from "node:assert/strict";
import { Emulator } from "../../emulator/index.js";
import { MiniEngine, type Ended } from "../support/mini-engine.js";
import { VirtualClock } from "../support/virtual-clock.js";
import { configuration, type Declared, type Step } from "./steps.js";

/** Limit of every operation, and what one attempt may add to it. */
const budgetMs = 120_000;
const slackMs = 30_000;

const colleague = "colleague";

/** Plays one sequence, and throws at the first invariant that doesn't hold. */
export async function play(sequence: readonly Step[]): Promise<void> {
  const clock = new VirtualClock();
  // A service that overwrites on POST: what must never happen shows itself.
  const emulator = await Emulator.start({
    startMs: 2_000,
    stopMs: 1_000,
    lagMs: 1_000,
    now: clock.now,
    quirks: { postExisting: "overwrite" },
  });
  // Somebody else's connector: none of our requests may touch it, and the account is never empty.
  emulator.interfere(colleague, { create: {} });
  const world = new World(emulator, clock);
  try {
    for (const step of sequence) await world.take(step);
    await world.converge();
    assert.deepEqual(emulator.connector(colleague), {
      ...emulator.connector(colleague),
      status: "RUNNING",
      payload: {},
    });
  } finally {
    await emulator.close();
  }
}

class World {
  readonly #program = new Map<string, Declared>();
  readonly #engine: MiniEngine;
  /** Whatever our requests may have made, and nobody has told the user of since. */
  readonly #ours = new Set<string>();
  readonly #everSent = new Set<string>(["{}"]);
  #environment: NodeJS.ProcessEnv;
  /** Nothing has happened since the last run that reached its goal. */
  #settled = false;
  /** Something was changed elsewhere, and no refresh has seen it yet. */
  #drifted = false;

  constructor(
    private readonly emulator: Emulator,
    private readonly clock: VirtualClock,
  ) {
    this.#environment = {
      DATASPACE_ENDPOINT: emulator.endpoint,
      DATASPACE_TOKEN: emulator.token,
      DATASPACE_ATTEMPT_TIMEOUT: "20s",
    };
    this.#engine = new MiniEngine(() => this.#environment, { clock, random: () => 0.5, feed: {} });
  }

  async take(step: Step): Promise<void> {
    const { emulator } = this;
    switch (step.do) {
      case "declare":
        this.#settled = false;
        this.#everSent.add(written(configuration(step.as)));
        return void this.#program.set(step.name, step.as);
      case "undeclare":
        this.#settled = false;
        return void this.#program.delete(step.name);
      case "fault":
        this.#settled = false;
        return void emulator.fault(step.script);
      case "interfere":
        this.#drifted = true;
        if (emulator.connector(step.name)) emulator.interfere(step.name, step.with);
        return;
      case "refresh":
        if (this.#drifted) this.#settled = false;
        return this.#run(async () => {
          for (const name of this.#engine.entries.keys()) await this.#one(name, () => this.#engine.refresh(name));
        });
      case "up":
        return void (await this.#up(step.refresh));
    }
  }

  /** Once the faults are over, what is declared is reached; and then nothing more is sent. */
  async converge(): Promise<void> {
    const { emulator } = this;
    emulator.clearFaults();
    // What is stuck in the service's own transition is freed by the service's operator.
    for (const name of emulator.names()) {
      const status = emulator.connector(name)?.status;
      if (status === "STARTING" || status === "STOPPING") emulator.interfere(name, { status: "FAILED" });
    }
    this.#environment = { ...this.#environment, DATASPACE_ON_EXISTING: "adopt" };
    const errors = await this.#up(true);
    assert.deepEqual(errors, [], "the run after the faults ends well");
    for (const [name, declared] of this.#program) {
      const connector = emulator.connector(name);
      assert.equal(connector?.status, declared.desiredStatus, `${name} has the declared status`);
      assert.equal(
        written(connector?.payload ?? {}),
        written(configuration(declared)),
        `${name} has the declared configuration`,
      );
    }
    emulator.clearRequests();
    await this.#up(false);
    assert.deepEqual(emulator.mutations(), [], "nothing is sent when nothing has changed");
  }

  async #up(refresh: boolean): Promise<string[]> {
    const errors: string[] = [];
    const quiet = this.#settled && !(refresh && this.#drifted);
    this.emulator.clearRequests();
    await this.#run(async () => {
      for (const name of this.#engine.entries.keys())
        if (refresh) errors.push(...(await this.#one(name, () => this.#engine.refresh(name))));
      if (errors.length > 0) return;
      if (refresh) this.#drifted = false;
      for (const [name, { desiredStatus, onDelete, ...rest }] of this.#program) {
        const args = {
          amazonS3: configuration(rest),
          desiredStatus,
          onDelete,
          settle: "5s",
          stuckAfter: "20s",
          timeouts: { create: "2m", update: "2m", delete: "2m" },
        };
        errors.push(...(await this.#one(name, () => this.#engine.up(name, args))));
      }
      for (const name of this.#engine.entries.keys())
        if (!this.#program.has(name)) errors.push(...(await this.#one(name, () => this.#engine.destroy(name))));
    });
    if (quiet) assert.deepEqual(this.emulator.mutations(), [], "nothing is sent without a cause");
    this.#settled = errors.length === 0;
    return errors;
  }

  /** One operation on one connector: what must hold of it whatever happens. */
  async #one(name: string, work: () => Promise<Ended>): Promise<string[]> {
    const { emulator, clock } = this;
    const existed = emulator.connector(name) !== undefined;
    const requestsBefore = emulator.requests.length;
    const startedAt = clock.now();
    const { error, warnings, notes } = await work();
    const tookMs = clock.now() - startedAt;
    assert.ok(tookMs <= budgetMs + slackMs, `${name} ended after ${tookMs} ms, within its budget`);
    assert.ok(
      !error || error.name === "ConnectorError" || "tag" in error,
      `${name}: an error of ours, not ${String(error?.stack)}`,
    );
    const sent = emulator.requests.slice(requestsBefore).map(({ call, connector }) => `${call} ${connector ?? ""}`);
    if (existed) assert.ok(!sent.includes(`create ${name}`), `${name} existed and was not created again`);
    assert.equal(emulator.overwritten, 0, "no connector was made twice");
    const made = emulator.requests
      .slice(requestsBefore)
      .some(({ call, status }) => call === "create" && status === 201);
    assert.ok(!made || this.#engine.entries.has(name), `${name} was made, and is in state`);
    if (sent.includes(`create ${name}`) || sent.includes(`edit ${name}`)) this.#ours.add(name);
    for (const text of [error?.message ?? "", ...warnings, ...notes])
      if (text.includes(`"${name}"`)) this.#ours.delete(name);
    if (!emulator.connector(name)) this.#ours.delete(name);
    const known = this.#engine.entries.has(name);
    assert.ok(known || !this.#ours.has(name), `${name} is in state, or an error or the summary names it`);
    return error ? [error.message] : [];
  }

  async #run(work: () => Promise<void>): Promise<void> {
    await work();
    for (const name of this.emulator.names()) {
      const payload = written(this.emulator.connector(name)?.payload ?? {});
      assert.ok(
        this.#everSent.has(payload),
        `${name} has a configuration that was declared as a whole, not ${payload}`,
      );
    }
  }
}

function written(payload: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(payload).sort(([a], [b]) => a.localeCompare(b))));
}
