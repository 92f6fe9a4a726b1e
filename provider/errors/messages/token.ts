import { ConnectorError } from "../connector-error.js";

/** What a token endpoint said instead of a token. */
export function noAccessToken(
  address: string,
  trouble: { readonly kind: string; readonly message: string; readonly why: string | undefined },
): ConnectorError {
  const refused = ["unauthorized", "forbidden", "invalid"].includes(trouble.kind);
  return new ConnectorError(refused ? "UNAUTHORIZED" : "UNAVAILABLE", {
    headline: `Could not get an access token from ${address}: ${trouble.message.replace("the service", "it")}.`,
    why: trouble.why,
    next: "Check DATASPACE_TOKEN_URL, DATASPACE_CLIENT_ID and DATASPACE_CLIENT_SECRET. Nothing is lost: state is kept.",
  });
}

/** A token file or command that gave none. */
export function noToken(variable: string, problem: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not read the token: ${problem}.`,
    next: `Correct ${variable}, then run the same command again. Nothing is lost: state is kept.`,
  });
}
