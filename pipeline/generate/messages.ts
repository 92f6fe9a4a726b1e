/** What a generated program or manifest says of itself, in comments: one line each. */

export function writtenFor(count: number, origin: string): string {
  return `Written by pulumi-dataspace generate for ${count === 1 ? "1 connector" : `${count} connectors`} of ${origin}.`;
}

export const takenOver = "Taken over as they are: up sends no configuration and restarts nothing.";

export const untilFilledIn = "Take adoptCredentials out only after an up with the credentials filled in.";

export const notEchoed =
  "A field of its storage that the service doesn't say is left out here: add it before you edit that connector's storage.";

/** `fields`: what the object must hold. */
export function credentialsToFillIn(fields: readonly string[]): string[] {
  return [
    "Where the credentials are to be had: fill in what is yours. {name} stands for each connector's name, in a variable",
    "upper-case with _ for -. The answer is a JSON object with",
    `${listed(fields)}.`,
    "Until then they stay as the service has them, and no connector's storage can be edited from here.",
  ];
}

/** One that rests in neither of the two. */
export function notAtRest(status: string, desired: string): string {
  return `${status} when this was written: up brings it to ${desired}.`;
}

export function fillIn(fields: readonly string[]): string {
  return `The service doesn't say its ${listed(fields)}: fill in what it has; up refuses an empty text.`;
}

export function noSuchKind(name: string, type: string): string {
  return `Left out: ${name}, whose storage (${type}) is of no kind that this version knows.`;
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} and ${String(words.at(-1))}`;
}
