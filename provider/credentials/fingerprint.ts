import { createHmac, randomBytes } from "node:crypto";

const saltBytes = 12;
/** Random bytes not used yet: asked of the system for many at once, which takes as long as for one. */
let spare = Buffer.alloc(0);

/** Random, per resource; kept in state as a secret, so that a fingerprint can't be tried against guesses. */
export function newSalt(): string {
  if (spare.length === 0) spare = randomBytes(64 * saltBytes);
  const salt = spare.toString("base64url", 0, saltBytes);
  spare = spare.subarray(saltBytes);
  return salt;
}

/** A short mark of a credential, kept in state in its place: 6 characters, different for every salt and field. */
export function fingerprint(salt: string, field: string, value: string): string {
  return createHmac("sha256", salt).update(`${field}\0${value}`).digest("base64url").slice(0, 6);
}
