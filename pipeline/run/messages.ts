/** The note of a run whose plan was not confirmed. */
export const cancelled = "Cancelled. Nothing was changed.";

const maxListed = 10;

/** `a, b and c`; of many the first ten. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, maxListed);
  const hidden = names.length - shown.length;
  if (hidden > 0) return `${shown.join(", ")} and ${hidden} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
