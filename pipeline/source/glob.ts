import picomatch from "picomatch";

/** Whether a text matches any of the globs. */
export function matchesAny(text: string, globs: readonly string[]): boolean {
  return globs.some((glob) => picomatch.isMatch(text, glob));
}

/** Whether a key is among those that a run is limited to. */
export function isSelected(
  key: string,
  { only = [], exclude = [] }: { readonly only?: readonly string[]; readonly exclude?: readonly string[] },
): boolean {
  return (only.length === 0 || matchesAny(key, only)) && !matchesAny(key, exclude);
}
