import { ConnectorError } from "../connector-error.js";

/** What became of a failed edit where DATASPACE_ON_FAILED_EDIT is rollback: appended to the failure's own sentence. */

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
  const { observed, headline } = second.sentences;
  return goneOn(failure, `rolling it back also failed: ${observed ?? headline}`);
}

export function noPrevious(paths: readonly string[]): string {
  return `${paths.join(", ")} ${paths.length === 1 ? "has" : "have"} no previous value`;
}

export const unprovenBefore =
  "the previous run's change is unconfirmed, so there is no known configuration to roll back to";

export function rollingBack(name: string): string {
  return `Connector "${name}" failed on the edit; sending the previous configuration again.`;
}

function goneOn(
  failure: ConnectorError,
  clause: string,
  next = failure.sentences.next,
  code = failure.code,
): ConnectorError {
  const { sentences, connector, facts } = failure;
  const headline = `${sentences.headline.replace(/\.$/, "")}; ${clause}.`;
  return new ConnectorError(code, { ...sentences, headline, next }, connector, facts);
}
