import type { ConnectorError } from "../errors/connector-error.js";
import type { PropertyMap } from "../model/property-map.js";

/**
 * An error that keeps the resource in state, as far as it got; the next `up` then takes it up again.
 *
 * The engine prints only `reasons`, so the whole text is in the first one; without `__provider` in `properties` the resource
 * could never be deleted (both observed).
 */
export function asPartialFailure(error: ConnectorError, id: string, outs: PropertyMap, inputs: PropertyMap): Error {
  return Object.assign(error, {
    id,
    properties: { ...outs, __provider: inputs["__provider"] },
    reasons: [error.message],
  });
}
