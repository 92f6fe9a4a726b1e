import type { Core } from "../core/core.js";
import type { ConnectorError } from "../errors/connector-error.js";
import type { EngineLog } from "./engine-log.js";
import type { PropertyMap } from "../model/property-map.js";
import type { Urns } from "./urns.js";

/** What every call of one provider process shares. */
export interface Runtime {
  readonly core: Core;
  readonly log: EngineLog;
  readonly urns: Urns;
  readonly signal: AbortSignal;
  /** How this face of the provider says that a resource stays in state although the operation failed. */
  readonly asPartialFailure: (error: ConnectorError, id: string, outs: PropertyMap, inputs: PropertyMap) => Error;
}
