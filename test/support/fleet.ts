import { DynamicProvider } from "../../provider/dynamic/dynamic-provider.js";
import { EngineLog } from "../../provider/resource/engine-log.js";
import type { PropertyMap } from "../../provider/model/property-map.js";
import { Urns } from "../../provider/resource/urns.js";
import { Core, type Pace } from "../../provider/core/core.js";
import { systemClock } from "../../provider/time/clock.js";
import type { Emulator } from "../../emulator/index.js";

/** How the engine sends its calls: as many at once, one every so often. */
export interface Arrivals {
  readonly parallel?: number;
  readonly everyMs?: number;
}

type Args = PropertyMap | ((name: string) => PropertyMap);

/** Many connectors, all at the same time unless told, as under `--parallel`; each command in a provider process of its own. */
export class Fleet {
  readonly progress: string[] = [];
  readonly #outs = new Map<string, PropertyMap>();

  constructor(
    private readonly emulator: Pick<Emulator, "endpoint" | "token">,
    private readonly environment: NodeJS.ProcessEnv = {},
    private readonly pace: Pace = { clock: systemClock, random: Math.random, feed: {} },
  ) {}

  /** Creates those that aren't there yet, and updates the others. */
  up(names: readonly string[], args: Args, arrivals: Arrivals = {}): Promise<void> {
    return this.#process(names, arrivals, async (provider, name) => {
      const olds = this.#outs.get(name);
      const inputs = await checked(provider, name, olds ?? {}, typeof args === "function" ? args(name) : args);
      const { outs } = await (olds ? provider.update(olds, inputs) : provider.create(inputs));
      this.#outs.set(name, outs as PropertyMap);
    });
  }

  /** The statuses that were read. */
  async refresh(names: readonly string[], arrivals: Arrivals = {}): Promise<string[]> {
    const statuses: string[] = [];
    await this.#process(names, arrivals, async (provider, name) => {
      const { props } = await provider.read(name, this.#outs.get(name) ?? {});
      statuses.push(String((props as PropertyMap | undefined)?.["status"]));
    });
    return statuses;
  }

  destroy(names: readonly string[], arrivals: Arrivals = {}): Promise<void> {
    return this.#process(names, arrivals, async (provider, name) => {
      await provider.delete(this.#outs.get(name) ?? {});
      this.#outs.delete(name);
    });
  }

  async #process(
    names: readonly string[],
    arrivals: Arrivals,
    work: (provider: DynamicProvider, name: string) => Promise<void>,
  ): Promise<void> {
    const { signal } = new AbortController();
    const { endpoint, token } = this.emulator;
    const environment = { DATASPACE_ENDPOINT: endpoint, DATASPACE_TOKEN: token, ...this.environment };
    const core = new Core(() => undefined, environment, signal, this.pace);
    const log = new EngineLog((_severity, _urn, text) => {
      this.progress.push(text);
      return Promise.resolve();
    });
    try {
      await this.#each(names, arrivals, (name) =>
        work(new DynamicProvider({ core, log, urns: new Urns(), signal }), name),
      );
    } finally {
      await log.flush();
      await core.close();
    }
  }

  async #each(
    names: readonly string[],
    { parallel = Infinity, everyMs = 0 }: Arrivals,
    work: (name: string) => Promise<void>,
  ): Promise<void> {
    const { clock } = this.pace;
    const waiting = [...names];
    let at = clock.now();
    const slot = async () => {
      for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
        at = Math.max(at + everyMs, clock.now());
        if (everyMs > 0) await clock.sleep(at - clock.now());
        await work(name);
      }
    };
    await Promise.all(Array.from({ length: Math.min(parallel, names.length) }, slot));
  }
}

async function checked(
  provider: DynamicProvider,
  name: string,
  olds: PropertyMap,
  args: PropertyMap,
): Promise<PropertyMap> {
  const resourceUrn = `urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::${name}`;
  const news = { __provider: "shim", salt: resourceUrn, ...args };
  const { inputs, failures = [] } = await provider.check(olds, news);
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return inputs as PropertyMap;
}
