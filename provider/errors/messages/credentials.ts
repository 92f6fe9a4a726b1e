/** What check says of credential references: `path: what is wrong; what to do`. Sources are named, values never. */

export function badReference(path: string): string {
  return `${path}: is not a valid reference; make it with fromEnv, fromFile or fromCommand`;
}

export function unresolved(path: string, clause: string): string {
  return `${path}: ${clause}`;
}

export function notAText(path: string): string {
  return `${path}: the reference leads to something that is no text; let its key select one`;
}

export function notAReference(path: string): string {
  return `${path}: must be a reference to all credentials of the block; make it with fromEnv, fromFile or fromCommand`;
}

export function notABundle(path: string): string {
  return `${path}: the reference leads to no JSON object; let its key select the one that holds the credentials under their names`;
}

export function bundleLacks(path: string, field: string): string {
  return `${path}: the object has no text ${field}; add it there, or give ${field} beside credentials`;
}
