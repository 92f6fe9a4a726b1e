import type { StoragePayload } from "../../model/observed-connector.js";
import type { PropertyMap } from "../../model/property-map.js";

/** A dialect of the API: how requests are written and answers are read. */
export interface Edition {
  body(payload: StoragePayload | undefined): Record<string, unknown>;
  readonly powerMethod: "GET" | "PUT";
  /** A list's entries, each with a name; `undefined` for an answer that isn't a list of connectors, and nothing but that. */
  entries(body: unknown): readonly (readonly [name: string | number, details: PropertyMap])[] | undefined;
  /** One connector's details under our names: `status`, outputs, storage fields as in the resource, and anything else. */
  details(raw: PropertyMap): PropertyMap;
}
