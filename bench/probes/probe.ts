import { spreadOf, type Figure } from "../results.ts";

/** A measurement beside the matrix of rows and sizes. */
export interface Probe {
  readonly title: string;
  run(quick: boolean): Promise<Figure[]>;
}

/** Takes turns, so that every figure meets the same machine; gives the values of each. */
export async function inTurns<Name extends string>(
  times: number,
  work: Readonly<Record<Name, () => number | Promise<number>>>,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(work) as Name[];
  const values = Object.fromEntries(names.map((name): [Name, number[]] => [name, []])) as Record<Name, number[]>;
  for (let turn = 0; turn < times; turn++) for (const name of names) values[name].push(await work[name]());
  return values;
}

export function figure(id: string, title: string, unit: Figure["unit"], values: readonly number[]): Figure {
  return { id, title, unit, spread: spreadOf(values) };
}
