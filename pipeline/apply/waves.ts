/** Counts unhealthy connectors. The stacks of a fleet share one. */
export interface UnhealthyCount {
  total: number;
}

export interface WaveOptions<T, R> {
  /** How many start together. A wave starts when the previous one has ended completely. */
  readonly wave: number;
  /** Starts no further wave after this many unhealthy results. */
  readonly maxUnhealthy: number;
  readonly isHealthy: (result: R) => boolean;
  /** Asked before every wave with the items that are left; starts no further wave once it returns true. */
  readonly stopped: (left: readonly T[]) => boolean;
  /** Default: a count of its own. */
  readonly unhealthy?: UnhealthyCount;
  readonly onWave?: (wave: { readonly number: number; readonly of: number; readonly items: readonly T[] }) => void;
}

export interface Waves<T, R> {
  readonly results: readonly R[];
  /** Items that were not started. */
  readonly left: readonly T[];
  readonly unhealthy: number;
}

/** Processes the items wave by wave, until all are done, too many are unhealthy, or it is stopped. */
export async function inWaves<T, R>(
  items: readonly T[],
  work: (wave: readonly T[]) => Promise<readonly R[]>,
  { wave, maxUnhealthy, isHealthy, stopped, unhealthy = { total: 0 }, onWave }: WaveOptions<T, R>,
): Promise<Waves<T, R>> {
  const results: R[] = [];
  const size = Math.max(1, wave);
  const of = Math.ceil(items.length / size);
  let number = 0;
  while (number < of && unhealthy.total < maxUnhealthy && !stopped(items.slice(number * size))) {
    const members = items.slice(number * size, ++number * size);
    onWave?.({ number, of, items: members });
    const ended = await work(members);
    results.push(...ended);
    unhealthy.total += ended.filter((result) => !isHealthy(result)).length;
  }
  return { results, left: items.slice(number * size), unhealthy: unhealthy.total };
}
