const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
type Unit = keyof typeof unitMs;

/** What {@link parseDuration} understands. */
export const durationPattern = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h)/gy;

/** `"15m"`, `"90s"`, `"1h30m"`, `"500ms"` in milliseconds; `undefined` when the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(part)) total += Number(amount) * unitMs[unit as Unit];
  return total;
}

/** Elapsed time as people read it: `"450ms"`, `"2s"`, `"1m05s"`, `"2h03m"`. */
export function formatDuration(ms: number): string {
  const whole = Math.round(ms);
  if (whole < 1_000) return `${whole}ms`;
  const seconds = Math.floor(whole / 1_000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return padded(minutes, "m", seconds % 60, "s");
  return padded(Math.floor(minutes / 60), "h", minutes % 60, "m");
}

function padded(major: number, majorUnit: string, minor: number, minorUnit: string): string {
  return minor === 0 ? `${major}${majorUnit}` : `${major}${majorUnit}${String(minor).padStart(2, "0")}${minorUnit}`;
}
