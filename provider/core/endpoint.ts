import { ConnectorError } from "../errors/connector-error.js";
import { isLoopback } from "../model/loopback.js";

/** What is wrong with an endpoint's URL, as a clause. */
export function endpointProblem(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !["http:", "https:"].includes(url.protocol)) return "is not an http or https URL";
  if (url.username !== "" || url.password !== "") return "must not carry a user name or password";
  if (url.search !== "" || url.hash !== "") return "must not carry a query or fragment";
  return undefined;
}

/** Plain http to another machine. */
export function isInsecure(text: string): boolean {
  const url = new URL(text);
  return url.protocol === "http:" && !isLoopback(url);
}

/** Who else names an endpoint than the environment does. */
export interface NamedEndpoint {
  readonly url: string | undefined;
  /** Completes `… names https://x.example`. */
  readonly by: string;
  /** Where to correct it. */
  readonly at: string;
}

/**
 * An endpoint in the environment binds the token beside it: a file that a pull request may change can't send it elsewhere.
 *
 * @param variable names the endpoint in the environment, and `bound` is its value, if it has any
 * @throws ConnectorError `SETTINGS_INVALID` where another origin is named
 */
export function requireBound(
  { url: named, by, at }: NamedEndpoint,
  { variable, bound, account }: { variable: string; bound: string | undefined; account: string | undefined },
): void {
  if (named === undefined || bound === undefined || endpointProblem(bound) !== undefined) return;
  const [theirs, ours] = [named, bound].map((text) => URL.parse(text.trim())?.origin);
  if (theirs === ours) return;
  throw new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use ${account === undefined ? "the service" : `account "${account}"`}: ${by} names ${theirs ?? "an endpoint that is not a URL"}, but ${variable} is ${ours}, and the token is sent nowhere else.`,
    next: `Correct ${at}; set ${variable} to the new endpoint only if the token is meant for it.`,
  });
}
