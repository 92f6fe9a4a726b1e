import { registerIdentity } from "../errors/redact.js";

/** What a status word means to us. Any word we don't know is a transition, shown as the service wrote it. */
export type StatusKind = "running" | "stopped" | "failed" | "transition";

/** One row per word that names a resting status; compared without case. */
const resting: ReadonlyMap<string, StatusKind> = new Map([
  ["RUNNING", "running"], // observed
  ["STOPPED", "stopped"], // observed
  ["FAILED", "failed"], // specified
  ["ERROR", "failed"], // observed: the service's website knows it
]);

for (const word of resting.keys()) registerIdentity(word);

export function statusKind(word: string): StatusKind {
  return resting.get(word.trim().toUpperCase()) ?? "transition";
}
