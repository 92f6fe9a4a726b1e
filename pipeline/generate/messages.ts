import { counted, listed } from "../run/messages.js";

/** Comments of a generated program or manifest, one line each. */

export function writtenFor(count: number, baseUrl: string): string {
  return `Written by pulumi-dataspace generate for ${counted(count, "connector")} of ${baseUrl}.`;
}

/** @param looked whether the stacks of the backend could be read */
export function mayBeOwned(looked: boolean): string {
  return looked
    ? "No stack in this backend manages these connectors, but one in another backend may. Two stacks must never manage the same connector."
    : "Another stack may manage these connectors: the stacks of the backend could not be read. Two stacks must never manage the same connector.";
}

export function ownedBy(name: string, stack: string): string {
  return `Left out: ${name}, which stack ${stack} manages.`;
}

export function lookingThrough(stacks: number): string {
  return `Looking through ${counted(stacks, "stack")} of the backend …`;
}

export const takenOver = "Adopted as they are: up sends no configuration and restarts nothing.";

export const untilFilledIn = "Remove adoptCredentials only after an up with the credentials filled in.";

export const notEchoed =
  "Storage fields that the service does not return are left out here: add them before you edit a connector's storage.";

/** `fields`: what the object must contain. */
export function credentialsToFillIn(fields: readonly string[]): string[] {
  return [
    "Where the credentials come from: fill this in. {name} is replaced by each connector's name; in a variable, upper-case",
    "with _ for -. The value is a JSON object with",
    `${listed(fields)}.`,
    "Until then they stay unchanged at the service, and no connector's storage can be edited from here.",
  ];
}

/** For a status that is neither RUNNING nor STOPPED. */
export function notAtRest(status: string, desired: string): string {
  return `${status} when this was written: up brings it to ${desired}.`;
}

export function fillIn(fields: readonly string[]): string {
  return `The service does not return ${listed(fields)}: fill in the current value; up refuses an empty string.`;
}

export function unusableName(name: string): string {
  return `Left out: ${name}, which is not a valid connector name.`;
}

export function noSuchKind(name: string, type: string): string {
  return `Left out: ${name}, whose storage (${type}) is of a kind this version does not support.`;
}
