/** 1 to 16 lower-case letters, digits and dashes, with no dash at either end (observed: the service's website enforces it). */
export const namePattern = /^[a-z0-9]([-a-z0-9]{0,14}[a-z0-9])?$/;

export const nameRule = "use 1 to 16 lower-case letters, digits and dashes, with no dash at either end";

export function isConnectorName(text: string): boolean {
  return namePattern.test(text);
}

/** What tells one connector from all others of a stack: its account and its name. */
export function identityOf(account: string | undefined, name: string): string {
  return `${account ?? ""}/${name}`;
}

/** The connector's name where none is given: the resource's own, when it is a valid one. */
export function deriveName(resourceName: string): string | undefined {
  return isConnectorName(resourceName) ? resourceName : undefined;
}

/** A property's name, or a key of a file: whoever wrote it may have put anything there. */
export function printableKey(key: string): string {
  return /^[\w$.-]{1,40}$/.test(key) ? key : "(unprintable)";
}
