/** The candidate that `text` was probably meant to be: at most a third of its letters differ. */
export function nearest(text: string, candidates: readonly string[]): string | undefined {
  const [best] = ranked(text, candidates);
  return best && best.distance <= text.length / 3 ? best.candidate : undefined;
}

/** The candidates, the nearest first. */
export function nearestFirst(text: string, candidates: readonly string[]): string[] {
  return ranked(text, candidates).map(({ candidate }) => candidate);
}

/** Equals are in order of name: state holds keys in the order in which their requests ended. */
function ranked(text: string, candidates: readonly string[]) {
  return candidates
    .toSorted()
    .map((candidate) => ({ candidate, distance: editDistance(text.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
}

/** Letters that are inserted, deleted, replaced or swapped with their neighbour. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = swapped ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(substitution, swap, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
