import type { Spread } from "../results.ts";

export const none = "–";

/** `7.62 (7.41–8.05)`; one value alone has no spread. */
export function seconds(spread: Spread | undefined): string {
  if (!spread) return none;
  const { median, min, max } = spread;
  return min === max ? short(median) : `${short(median)} (${short(min)}–${short(max)})`;
}

/** Three digits that count. */
export function short(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function megabytes(spread: Spread | undefined): string {
  return spread ? `${(spread.max / 1e6).toFixed(0)} MB` : none;
}

export function ratio(value: number): string {
  return `${value.toFixed(2)} ×`;
}
