import type { Core } from "../core/core.js";
import type { EngineLog } from "./engine-log.js";
import type { Urns } from "./urns.js";

/** What every call of one provider process shares. */
export interface Runtime {
  readonly core: Core;
  readonly log: EngineLog;
  readonly urns: Urns;
  readonly signal: AbortSignal;
}
