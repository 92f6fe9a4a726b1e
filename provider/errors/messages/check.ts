/** What check says of a program: what is wrong; what to do. It is read after `path: `. Never a value. */

export function unknownProperty(meant: string | undefined): string {
  return `unknown property; ${meant === undefined ? "remove it" : `did you mean ${meant}?`}`;
}

export const missingField = "missing; give a value";

export function missingHalf(otherHalf: string): string {
  return `missing, and ${otherHalf} needs it; give both`;
}

export function missingName(rule: string): string {
  return `missing, and the resource's own name is not a valid connector name; ${rule}`;
}

export const notABlock = "must be an object of properties";

export function onlyOneStorage(blocks: readonly string[]): string {
  return `${blocks.join(", ")}: a connector has at most one storage; keep one of them`;
}

/** A PUT sends the whole payload, and would blank what isn't given (specified). */
export function withheld(changed: readonly string[], missing: readonly string[], assumed: boolean): string {
  const one = missing.length === 1;
  const because = assumed
    ? "with adoptCredentials: assume they can be left out only while nothing is edited"
    : "ignoreChanges withholds credentials";
  return `${changed.join(", ")}: changed, but an edit sends the whole configuration, and ${missing.join(", ")} ${one ? "is" : "are"} not given; supply ${one ? "it" : "them"} too (${because})`;
}

export function duplicateName(name: string, otherUrn: string): string {
  return `name: "${name}" is already declared by ${otherUrn}; one connector can't be two resources: give this one another name or remove one of them`;
}
