import { ConnectorError } from "../../provider/errors/connector-error.js";

export function interrupted(): ConnectorError {
  return new ConnectorError("CANCELLED", {
    headline: "Interrupted; nothing was changed.",
    next: "Run the same command again.",
  });
}
