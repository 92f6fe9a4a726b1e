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
import * as resource from "../resource/resource.js";
import { check as checkResource } from "../resource/check.js";
import { keepCompiled } from "./compile-cache.js";
import { cancelSignal } from "./cancel.js";
import { engineSender } from "./engine-client.js";
import { asPartialFailure } from "./partial-failure.js";
import { EngineLog } from "../resource/engine-log.js";
import type { PropertyMap } from "../model/property-map.js";
import type { Runtime } from "../resource/runtime.js";
import { Urns } from "../resource/urns.js";

let runtime: Runtime | undefined;

/** Called once by the host, which does not wait for it: everything is set before the first `await`. */
export function configure({ config }: ConfigureRequest): Promise<void> {
  runtime = open((key) => config.get(key));
  return Promise.resolve();
}

function open(lookup: (key: string) => string | undefined): Runtime {
  const signal = cancelSignal();
  keepCompiled();
  return {
    core: new Core(lookup, process.env, signal),
    log: new EngineLog(engineSender(process.argv)),
    urns: new Urns(),
    signal,
    asPartialFailure,
  };
}

/** What was logged on a resource must reach the engine before the call's answer does. */
async function withRuntime<T>(work: (runtime: Runtime) => T | Promise<T>): Promise<T> {
  const present = (runtime ??= open(() => undefined));
  try {
    return await work(present);
  } finally {
    await present.log.flush();
  }
}

export function check(olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
  return withRuntime(({ core, log, urns }) => checkResource(core, log, urns, olds, news));
}

export function diff(_id: string, olds: PropertyMap, news: PropertyMap): Promise<DiffResult> {
  return Promise.resolve(resource.diff(olds, news));
}

export function create(inputs: PropertyMap): Promise<CreateResult> {
  return withRuntime((present) => resource.create(present, inputs));
}

export function read(id: string, props: PropertyMap = {}): Promise<ReadResult> {
  return withRuntime((present) => resource.read(present, id, props));
}

export function update(_id: string, olds: PropertyMap, news: PropertyMap): Promise<UpdateResult> {
  return withRuntime((present) => resource.update(present, olds, news));
}

function remove(_id: string, props: PropertyMap): Promise<void> {
  return withRuntime((present) => resource.remove(present, props));
}
export { remove as delete };

/** The provider as one object, for whoever drives it without the engine. */
export const provider: ResourceProvider = { configure, check, diff, create, read, update, delete: remove };
