import { check } from "../../provider/adapters/connector-check.js";
import { create, update, type Runtime } from "../../provider/adapters/connector-resource.js";
import { EngineLog } from "../../provider/adapters/engine-log.js";
import type { Bag } from "../../provider/adapters/resource-state.js";
import { Urns } from "../../provider/adapters/urns.js";
import { Core, type Pace } from "../../provider/core/core.js";
import type { Emulator } from "../../emulator/index.js";

/** Many connectors in one provider process, all at the same time, as under `--parallel`. */
export class Fleet {
  readonly progress: string[] = [];
  readonly #core: Core;
  readonly #runtime: Runtime;
  readonly #outs = new Map<string, Bag>();

  constructor(emulator: Emulator, environment: NodeJS.ProcessEnv = {}, pace?: Pace) {
    const { signal } = new AbortController();
    const settings = { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token, ...environment };
    this.#core = new Core(() => undefined, settings, signal, pace);
    const log = new EngineLog((_severity, _urn, text) => {
      this.progress.push(text);
      return Promise.resolve();
    });
    this.#runtime = { core: this.#core, log, urns: new Urns(), signal };
  }

  /** Creates those that aren't there yet, and updates the others. */
  async up(names: readonly string[], args: Bag): Promise<void> {
    await Promise.all(names.map((name) => this.#one(name, args)));
  }

  async close(): Promise<void> {
    await this.#runtime.log.flush();
    await this.#core.close();
  }

  async #one(name: string, args: Bag): Promise<void> {
    const { core, log, urns } = this.#runtime;
    const olds = this.#outs.get(name);
    const resourceUrn = `urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::${name}`;
    const news = { __provider: "shim", salt: "", resourceUrn, ...args };
    const { inputs, failures } = await check(core, log, urns, olds ?? {}, news);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
    const { outs } = await (olds ? update(this.#runtime, olds, inputs) : create(this.#runtime, inputs));
    this.#outs.set(name, outs as Bag);
  }
}
