import { isObject } from "../../model/json.js";
import type { PropertyMap } from "../../model/property-map.js";
import type { Edition } from "./edition.js";

/**
 * The specification's edition: flat fields under the resource's own names, `{}` without storage, power calls by GET (specified).
 * A list is a map from name to details, or an array of details with their names.
 */
export const flat: Edition = {
  body: (payload) => ({ ...payload?.fields }),
  powerMethod: "GET",
  entries(body) {
    if (Array.isArray(body) && body.every(isObject))
      return body.map((item) => [item["name"] ?? item["connectorName"], item]);
    // A map holds nothing but details; anything else (an error, a login page's JSON) must not pass for an empty account.
    if (isObject(body) && Object.values(body).every(isObject))
      return Object.entries(body as Record<string, PropertyMap>);
    return undefined;
  },
  details: ({ name: _name, connectorName: _connectorName, state, ...rest }) => ({
    ...rest,
    status: rest["status"] ?? state,
  }),
};
