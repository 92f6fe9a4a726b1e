import { DynamicProvider } from "../../provider/dynamic/dynamic-provider.js";
import { EngineLog } from "../../provider/resource/engine-log.js";
import { containsUnknown } from "../../provider/model/unknown.js";
import type { PropertyMap } from "../../provider/model/property-map.js";
import { Urns } from "../../provider/resource/urns.js";
import { Core, type Pace } from "../../provider/core/core.js";

/** What the engine keeps of one connector. */
export interface Entry {
  readonly inputs: PropertyMap;
  readonly outs: PropertyMap;
  /** The last run left it unhealthy: the engine calls update whatever diff says. */
  readonly unhealthy: boolean;
}

/** How one run of one connector ended. */
export interface Ended {
  readonly error?: Error & { readonly code?: string };
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
}

const urnOf = (name: string) => `urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::${name}`;

/**
 * Drives the provider as the engine does (measured): check, diff, create or update, and what it keeps after each. It stands in
 * for the engine only where thousands of runs are needed; what users see is tested with the real one.
 */
export class MiniEngine {
  readonly entries = new Map<string, Entry>();

  constructor(
    private readonly environment: () => NodeJS.ProcessEnv,
    private readonly pace: Pace,
  ) {}

  /** One `up` of one connector, in a process of its own. */
  up(name: string, args: PropertyMap): Promise<Ended> {
    return this.#process(async (provider) => {
      const old = this.entries.get(name);
      const news = { __provider: "shim", salt: urnOf(name), ...args };
      const checked = await provider.check(old?.inputs ?? {}, news);
      // Before it looks at the failures (observed).
      if (containsUnknown(checked.inputs)) throw new Error("unexpected unknown property value");
      if ((checked.failures ?? []).length > 0)
        throw new Error((checked.failures ?? []).map(({ reason }) => reason).join("\n"));
      const inputs = checked.inputs as PropertyMap;
      if (!old) {
        await this.#keep(name, inputs, async () => (await provider.create(inputs)).outs as PropertyMap);
      } else if (old.unhealthy || provider.diff(old.outs, inputs).changes) {
        await this.#keep(name, inputs, async () => (await provider.update(old.outs, inputs)).outs as PropertyMap, old);
      } else this.entries.set(name, { ...old, inputs });
    });
  }

  refresh(name: string): Promise<Ended> {
    return this.#process(async (provider) => {
      const old = this.entries.get(name);
      if (!old) return;
      const { id, inputs, props } = await provider.read(String(old.outs["name"]), old.outs);
      if (id === undefined) this.entries.delete(name);
      else this.entries.set(name, { inputs: inputs as PropertyMap, outs: props as PropertyMap, unhealthy: false });
    });
  }

  destroy(name: string): Promise<Ended> {
    return this.#process(async (provider) => {
      const old = this.entries.get(name);
      if (!old) return;
      await provider.delete(old.outs);
      this.entries.delete(name);
    });
  }

  async #keep(name: string, inputs: PropertyMap, work: () => Promise<PropertyMap>, old?: Entry): Promise<void> {
    try {
      this.entries.set(name, { inputs, outs: await work(), unhealthy: false });
    } catch (error) {
      const { id, properties } = error as { id?: string; properties?: PropertyMap };
      if (id !== undefined && properties)
        this.entries.set(name, { inputs: old?.inputs ?? inputs, outs: properties, unhealthy: true });
      throw error;
    }
  }

  async #process(work: (provider: DynamicProvider) => Promise<void>): Promise<Ended> {
    const warnings: string[] = [];
    const notes: string[] = [];
    const { signal } = new AbortController();
    const core = new Core(() => undefined, this.environment(), signal, this.pace);
    const log = new EngineLog((severity, _urn, text, ephemeral) => {
      if (!ephemeral) (severity === "warning" ? warnings : notes).push(text);
      return Promise.resolve();
    });
    try {
      await work(new DynamicProvider({ core, log, urns: new Urns(), signal }));
      return { warnings, notes };
    } catch (error) {
      return { error: error as Error, warnings, notes };
    } finally {
      await log.flush();
      await core.close();
    }
  }
}
