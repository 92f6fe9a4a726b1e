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
      : `, with ${notLastSent.length === 1 ? "a previous value" : "previous values"} of ${notLastSent.join(", ")} that ${notLastSent.length === 1 ? "differs from the one" : "differ from those"} sent last`;
  return goneOn(
    failure,
    `it was rolled back to the previous configuration, and is ${status} again after ${elapsed}${other}`,
    `Correct ${changed.join(", ")}, then run the same command again: the change is still pending.`,
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
    `the edit had no effect, and it is ${status} with the previous configuration`,
    changed.length === 0
      ? failure.sentences.next
      : `Correct ${changed.join(", ")}, then run the same command again: the change is still pending.`,
    "EDIT_ROLLED_BACK",
  );
}

export function withoutRollback(failure: ConnectorError, because: string): ConnectorError {
  return goneOn(failure, `it was not rolled back: ${because}`);
}

export function rollbackFailed(failure: ConnectorError, second: ConnectorError): ConnectorError {
  const clause = second.sentences.headline.replace(/^Could not \w+ connector "[^"]*": /, "").replace(/\.$/, "");
  return goneOn(failure, `rolling it back also failed: ${clause}`);
}

export function noPrevious(paths: readonly string[]): string {
  return `${paths.join(", ")} ${paths.length === 1 ? "has" : "have"} no previous value`;
}

export const unprovenBefore =
  "the previous run's change is unconfirmed, so there is no known configuration to roll back to";

export const rollingBack = "the edit failed; sending the previous configuration again";

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
