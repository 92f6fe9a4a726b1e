import type { Violation } from "./run/report.js";

/** Connectors that a destroy may not touch. */
export function protectedFromDestroy(keys: readonly string[]): Violation {
  const names = keys.map((key) => `"${key}"`).join(", ");
  return {
    rule: "protect",
    text: `${names} ${keys.length === 1 ? "is" : "are"} protected, and nothing was touched.\nNext: Set protect to false and run up, then destroy again; or leave ${keys.length === 1 ? "it" : "them"} out with --exclude.`,
    connectors: keys,
  };
}
