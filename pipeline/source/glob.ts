import picomatch from "picomatch";

/** Keys and names have no folders and no hidden files: every wildcard matches every character. */
const options = { dot: true, windows: false };
const withoutFolders = (text: string) => text.replaceAll("/", "\u2215");

/** Whether a text has wildcards; any other glob matches only itself. */
export function isGlob(text: string): boolean {
  return picomatch.scan(text).isGlob;
}

/** Whether a key or name matches any of the globs. */
export function matcher(globs: readonly string[]): (text: string) => boolean {
  const matches = picomatch(globs.filter((glob) => glob !== "").map(withoutFolders), options);
  return (text) => matches(withoutFolders(text));
}

/** Which connectors a run works on, by globs over their keys. */
export interface KeyFilter {
  /** Only connectors whose key (the resource's name) matches one of these globs. Default: all. */
  readonly only?: readonly string[];
  /** Not those whose key matches one of these. Wins over `only`. */
  readonly exclude?: readonly string[];
}

/** Whether a connector is selected; one that is being renamed has several keys. */
export function selector({ only = [], exclude = [] }: KeyFilter): (...keys: readonly string[]) => boolean {
  const isMeant = only.length === 0 ? () => true : matcher(only);
  const isExcluded = matcher(exclude);
  return (...keys) => keys.some((key) => isMeant(key)) && !keys.some((key) => isExcluded(key));
}

/** The globs that match no key, each with its flag. */
export function unmatchedIn(
  keys: readonly string[],
  { only = [], exclude = [] }: KeyFilter,
): { readonly flag: string; readonly glob: string }[] {
  const globs = [
    ...only.map((glob) => ({ flag: "--only", glob })),
    ...exclude.map((glob) => ({ flag: "--exclude", glob })),
  ];
  return globs.filter(({ glob }) => !keys.some(matcher([glob])));
}
