/** The note of a run whose plan was not confirmed. */
export const cancelled = "Cancelled. Nothing was changed.";

/** `1 connector`, `2 connectors`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

const maxListed = 10;
const conjunction = new Intl.ListFormat("en-GB");

/** `a, b and c`; of many the first ten. */
export function listed(names: readonly string[]): string {
  const hidden = names.length - maxListed;
  return hidden > 0 ? `${names.slice(0, maxListed).join(", ")} and ${hidden} more` : conjunction.format(names);
}
