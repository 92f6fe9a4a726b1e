import { parseDuration, usage } from "../../pipeline/index.js";

/** Flags by their camel-cased names, as commander gives them. */
export type Flags = Readonly<Record<string, unknown>>;

/** A flag's text under its own name, ready to be spread; nothing where it wasn't given. */
export function given<Name extends string>(flags: Flags, name: Name): { readonly [Key in Name]?: string } {
  const value = flags[name];
  return (typeof value === "string" ? { [name]: value } : {}) as { readonly [Key in Name]?: string };
}

/** For repeatable flags. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

/** What a repeatable flag was given. */
export function listOf(given: unknown): readonly string[] {
  return (given as string[] | undefined) ?? [];
}

/** A flag's duration in milliseconds. */
export function durationOf(value: unknown, flag: string): number {
  const ms = parseDuration(String(value));
  if (ms === undefined) throw usage(`${flag} is not a duration`, 'Write it like "30s" or "10m".');
  return ms;
}

/** A flag's whole number of at least 1. */
export function countOf(value: unknown, flag: string): number {
  const count = Number(value);
  if (!Number.isInteger(count) || count < 1)
    throw usage(`${flag} is not a whole number of at least 1`, `Write it like ${flag} 5.`);
  return count;
}
