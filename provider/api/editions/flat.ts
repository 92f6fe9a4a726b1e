import type { Edition } from "./edition.js";

/** The specification's edition: flat fields under the resource's own names, `{}` without storage, power calls by GET (specified). */
export const flat: Edition = {
  body: (payload) => ({ ...payload?.fields }),
  powerMethod: "GET",
};
