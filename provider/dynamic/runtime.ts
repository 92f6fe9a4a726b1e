import type {
  CheckResult,
  ConfigureRequest,
  CreateResult,
  DiffResult,
  ReadResult,
  ResourceProvider,
  UpdateResult,
} from "@pulumi/pulumi/dynamic/index.js";
import { Core } from "../core/core.js";
import type { PropertyMap } from "../model/property-map.js";
import { keepCompiled } from "../process/compile-cache.js";
import { EngineLog } from "../resource/engine-log.js";
import { Urns } from "../resource/urns.js";
import { cancelSignal } from "./cancel.js";
import { DynamicProvider } from "./dynamic-provider.js";
import { engineSender } from "./engine-client.js";

interface Opened {
  readonly dynamic: DynamicProvider;
  readonly log: EngineLog;
}

let opened: Opened | undefined;

/**
 * Called by the host once for each text in state that loads this module, with the same config; it doesn't wait for it:
 * everything is set before the first `await`. What one text checked, another one may be asked to create.
 */
export function configure({ config }: ConfigureRequest): Promise<void> {
  opened ??= open((key) => config.get(key));
  return Promise.resolve();
}

function open(lookup: (key: string) => string | undefined): Opened {
  const signal = cancelSignal();
  keepCompiled();
  const log = new EngineLog(engineSender(process.argv));
  const core = new Core(lookup, process.env, signal);
  return { dynamic: new DynamicProvider({ core, log, urns: new Urns(), signal }), log };
}

/** What was logged on a resource must reach the engine before the call's answer does. */
async function logged<T>(work: (dynamic: DynamicProvider) => T | Promise<T>): Promise<T> {
  const { dynamic, log } = (opened ??= open(() => undefined));
  try {
    return await work(dynamic);
  } finally {
    await log.flush();
  }
}

export function check(olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
  return logged((dynamic) => dynamic.check(olds, news));
}

export function diff(_id: string, olds: PropertyMap, news: PropertyMap): Promise<DiffResult> {
  return logged((dynamic) => dynamic.diff(olds, news));
}

export function create(inputs: PropertyMap): Promise<CreateResult> {
  return logged((dynamic) => dynamic.create(inputs));
}

export function read(id: string, outs: PropertyMap = {}): Promise<ReadResult> {
  return logged((dynamic) => dynamic.read(id, outs));
}

export function update(_id: string, olds: PropertyMap, news: PropertyMap): Promise<UpdateResult> {
  return logged((dynamic) => dynamic.update(olds, news));
}

function remove(_id: string, outs: PropertyMap): Promise<void> {
  return logged((dynamic) => dynamic.delete(outs));
}
export { remove as delete };

/** The provider as one object, for whoever drives it without the engine. */
export const provider: ResourceProvider = { configure, check, diff, create, read, update, delete: remove };
