import { parseDuration } from "../../../provider/time/duration.js";
import { notACount, notADuration } from "../messages/operate.js";

/**
 * A flag's duration in milliseconds.
 *
 * @throws ConnectorError `SETTINGS_INVALID` for what isn't one.
 */
export function durationOf(flag: string, text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0) throw notADuration(flag, text);
  return ms;
}

/** @throws ConnectorError `SETTINGS_INVALID` for what is no whole number from 1 up; `undefined` passes. */
export function requireCount(flag: string, count: number | undefined): void {
  if (count !== undefined && (!Number.isInteger(count) || count < 1)) throw notACount(flag, count);
}
