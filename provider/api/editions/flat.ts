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
    const entries = Array.isArray(body) ? inArray(body) : isObject(body) ? inMap(body) : undefined;
    // Anything else (an error, an envelope, a login page's JSON) must not pass for an account that lacks what is looked for.
    return entries?.every((entry) => entry !== undefined) ? entries : undefined;
  },
  details: ({ name: _name, connectorName: _connectorName, state, ...rest }) => ({
    ...rest,
    status: rest["status"] ?? state,
  }),
};

type Entry = readonly [name: string | number, details: PropertyMap];

function inArray(items: readonly unknown[]): (Entry | undefined)[] {
  return items.map((item) => {
    const name = isObject(item) ? (item["name"] ?? item["connectorName"]) : undefined;
    const isName = (typeof name === "string" && name !== "") || typeof name === "number";
    return isName ? [name, item as PropertyMap] : undefined;
  });
}

function inMap(map: PropertyMap): (Entry | undefined)[] {
  return Object.entries(map).map(([name, details]) =>
    name !== "" && isObject(details) && !isEnvelope(name, details) ? [name, details] : undefined,
  );
}

/** Keys under which services wrap lists, or say what is wrong (assumed). */
const wrapping: ReadonlySet<string> = new Set(
  "connectors items data results result records content entries value values error errors detail details meta links".split(
    " ",
  ),
);

/** Whether a key with an object holds something else than one connector's details: a map of them, or an error. */
function isEnvelope(name: string, details: PropertyMap): boolean {
  const values = Object.values(details);
  if (typeof (details["status"] ?? details["state"]) === "string") return false;
  return wrapping.has(name) || (values.length > 0 && values.every(isObject));
}
