import { ConnectorError } from "../connector-error.js";

/** What became of an edit that failed, where DATASPACE_ON_FAILED_EDIT is rollback: the failure's own sentence goes on. */

export function rolledBack(
  failure: ConnectorError,
  about: {
    readonly status: string;
    readonly elapsed: string;
    readonly changed: readonly string[];
    readonly notLastSent: readonly string[];
  },
): ConnectorError {
  const { status, elapsed, changed, notLastSent } = about;
  const other =
    notLastSent.length === 0
      ? ""
      : `, with ${notLastSent.length === 1 ? "a previous value" : "previous values"} of ${notLastSent.join(", ")} other than ${notLastSent.length === 1 ? "the one" : "those"} sent last`;
  return goneOn(
    failure,
    `it was rolled back to the configuration from before, and is ${status} again after ${elapsed}${other}`,
    `Correct ${changed.join(", ")}, then run the same command again: the change is still to be made.`,
    "EDIT_ROLLED_BACK",
  );
}

/** Nothing of the edit took effect, so there is nothing to roll back. */
export function stillAsBefore(
  failure: ConnectorError,
  { status, changed }: { readonly status: string; readonly changed: readonly string[] },
): ConnectorError {
  return goneOn(
    failure,
    `nothing of the edit took effect, and it is ${status} with the configuration from before`,
    changed.length === 0
      ? failure.sentences.next
      : `Correct ${changed.join(", ")}, then run the same command again: the change is still to be made.`,
    "EDIT_ROLLED_BACK",
  );
}

export function withoutRollback(failure: ConnectorError, because: string): ConnectorError {
  return goneOn(failure, `it was not rolled back: ${because}`);
}

export function rollbackFailed(failure: ConnectorError, second: ConnectorError): ConnectorError {
  const clause = second.sentences.headline.replace(/^Could not \w+ connector "[^"]*": /, "").replace(/\.$/, "");
  return goneOn(failure, `rolling it back did not succeed either: ${clause}`);
}

export function noPrevious(paths: readonly string[]): string {
  return `${paths.join(", ")} ${paths.length === 1 ? "has" : "have"} no previous value`;
}

export const unprovenBefore = "what the run before sent is not proven, so nobody knows what to go back to";

export const rollingBack = "it failed on the edit; the configuration from before is sent again";

function goneOn(
  failure: ConnectorError,
  clause: string,
  next = failure.sentences.next,
  code = failure.code,
): ConnectorError {
  const { headline, why } = failure.sentences;
  return new ConnectorError(
    code,
    { headline: `${headline.replace(/\.$/, "")}; ${clause}.`, why, next },
    failure.connector,
  );
}
