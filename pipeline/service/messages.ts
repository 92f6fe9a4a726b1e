import { ConnectorError } from "../../provider/errors/connector-error.js";
import { counted, listed } from "../run/messages.js";

export function interrupted(): ConnectorError {
  return new ConnectorError("CANCELLED", {
    headline: "Interrupted; nothing was changed.",
    next: "Run the same command again.",
  });
}

/** Entries of the service's list that no command can use. */
export function unusableNames(names: readonly string[]): string {
  const entries = counted(names.length, "entry whose name is", "entries whose names are");
  return `The service lists ${entries} not valid for a connector, so no command can use ${names.length === 1 ? "it" : "them"}: ${listed(names)}.`;
}
