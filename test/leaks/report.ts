import type { Hit } from "./surfaces.js";
import { surfaces } from "./surfaces.js";

/** Hits by surface: rows to print. */
export function tableOf(hits: readonly Hit[]): Record<string, { hits: number; "allowed lines": number }> {
  return Object.fromEntries(
    surfaces.map(({ name }) => {
      const here = hits.filter(({ surface }) => surface === name);
      const allowed = here.filter((hit) => hit.allowed).length;
      return [name, { hits: here.length - allowed, "allowed lines": allowed }];
    }),
  );
}
