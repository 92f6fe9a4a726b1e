import { createHmac, randomBytes } from "node:crypto";

/** Random, per resource; kept in state as a secret, so that a fingerprint can't be tried against guesses. */
export function newSalt(): string {
  return randomBytes(12).toString("base64url");
}

/** A short mark of a credential, kept in state in its place: 6 characters, different for every salt and field. */
export function fingerprint(salt: string, field: string, value: string): string {
  return createHmac("sha256", salt).update(`${field}\0${value}`).digest("base64url").slice(0, 6);
}
