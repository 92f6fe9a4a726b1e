import { ConnectorError, type Facts } from "../connector-error.js";

/** What a token endpoint answered instead of a token. */
export function noAccessToken(
  address: string,
  trouble: { readonly kind: string; readonly message: string; readonly why: string | undefined },
  facts: Facts,
): ConnectorError {
  const { kind, message, why } = trouble;
  const refused = kind === "unauthorized" || kind === "forbidden" || kind === "invalid";
  const sentences = {
    headline: `Could not get an access token from ${address}: ${message.replace("the service", "it")}.`,
    why,
    next: "Check DATASPACE_TOKEN_URL, DATASPACE_CLIENT_ID and DATASPACE_CLIENT_SECRET.",
    stateIsKept: true,
  };
  return new ConnectorError(refused ? "UNAUTHORIZED" : "UNAVAILABLE", sentences, undefined, facts);
}

/** A token file or command without a token. */
export function noToken(variable: string, problem: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not read the token: ${problem}.`,
    next: `Correct ${variable}, then run the same command again.`,
    stateIsKept: true,
  });
}
