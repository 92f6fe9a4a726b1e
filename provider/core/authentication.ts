import type { OAuthSettings } from "../api/token/oauth.js";
import type { Source } from "../model/sources.js";

/** How an account proves who it is. */
export type Authentication =
  | { readonly way: "token"; readonly token: string }
  | { readonly way: "source"; readonly source: Source; readonly variable: string }
  | ({ readonly way: "oauth" } & OAuthSettings);

/** The settings that it is made of. */
export interface AuthenticationSettings {
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly tokenCommand?: [string, ...string[]] | undefined;
  readonly tokenUrl?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  readonly scope?: string | undefined;
}

/** Each begins one way to a token; one of them must be given. */
export const ways = ["token", "tokenFile", "tokenCommand", "tokenUrl"] as const;

/** The one way that is given; or what is wrong, as clauses. */
export function authenticationOf(
  given: AuthenticationSettings,
  variableOf: (key: string) => string,
): Authentication | readonly string[] {
  const found = ways.filter((way) => given[way] !== undefined);
  const [way, ...others] = found;
  if (way === undefined) return [`${variableOf("token")} is missing`];
  if (others.length > 0) return [`${found.map(variableOf).join(" and ")} are both given; keep one`];
  const { token, tokenFile, tokenCommand, tokenUrl, clientId, clientSecret, scope } = given;
  if (token !== undefined) return { way: "token", token };
  if (tokenFile !== undefined) return { way: "source", source: { file: tokenFile }, variable: variableOf("tokenFile") };
  if (tokenCommand !== undefined)
    return { way: "source", source: { command: tokenCommand }, variable: variableOf("tokenCommand") };
  if (tokenUrl !== undefined && clientId !== undefined && clientSecret !== undefined)
    return { way: "oauth", tokenUrl, clientId, clientSecret, scope };
  const missing = (["clientId", "clientSecret"] as const).filter((key) => given[key] === undefined);
  return missing.map((key) => `${variableOf(key)} is missing`);
}
