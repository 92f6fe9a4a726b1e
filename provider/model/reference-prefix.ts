/** What a credential reference begins with on the wire. No credential does; a literal that did would be refused. */
export const referencePrefix = "dataspace-credential:";
