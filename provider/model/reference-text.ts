/** How a credential reference begins on the wire. No credential does; a literal that did would be refused. */
export const referencePrefix = "dataspace-credential:";

/** A reference as it is sent to the provider. */
export function referenceText(source: object, key: string | undefined, previous: string | undefined): string {
  const before = previous === undefined ? undefined : (JSON.parse(previous.slice(referencePrefix.length)) as unknown);
  return referencePrefix + JSON.stringify({ source, key, previous: before });
}
