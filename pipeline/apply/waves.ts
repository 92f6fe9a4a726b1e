export interface WaveOptions<T, R> {
  /** How many are begun together; a wave begins when the one before it has ended wholly. */
  readonly wave: number;
  /** So many unhealthy ones end the waves. */
  readonly maxUnhealthy: number;
  /** Begins no further wave once it has aborted. */
  readonly signal: AbortSignal;
  readonly isHealthy: (result: R) => boolean;
  readonly onWave?: (wave: { readonly number: number; readonly of: number; readonly items: readonly T[] }) => void;
}

export interface Waves<T, R> {
  readonly results: readonly R[];
  /** Those that were never begun. */
  readonly left: readonly T[];
  readonly unhealthy: number;
}

/** Works through the items wave after wave, until all are done, too many are unhealthy, or the signal aborts. */
export async function inWaves<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  { wave, maxUnhealthy, signal, isHealthy, onWave }: WaveOptions<T, R>,
): Promise<Waves<T, R>> {
  const results: R[] = [];
  const size = Math.max(1, wave);
  const of = Math.ceil(items.length / size);
  let unhealthy = 0;
  let number = 0;
  while (number < of && unhealthy < maxUnhealthy && !signal.aborted) {
    const begun = items.slice(number * size, ++number * size);
    onWave?.({ number, of, items: begun });
    const ended = await Promise.all(begun.map(work));
    results.push(...ended);
    unhealthy += ended.filter((result) => !isHealthy(result)).length;
  }
  return { results, left: items.slice(number * size), unhealthy };
}

/** In the order given, at most `size` at a time. */
export function wavesOf(keys: readonly string[], size: number): string[][] {
  const waves: string[][] = [];
  for (let at = 0; at < keys.length; at += size) waves.push(keys.slice(at, at + size));
  return waves;
}
