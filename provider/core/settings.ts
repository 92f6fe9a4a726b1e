import { z } from "zod";
import { ConnectorError } from "../errors/connector-error.js";
import { registerSecret } from "../errors/redact.js";
import { parseDuration } from "../time/duration.js";

/** Looks up one stack config value by its full key, e.g. `dataspace:endpoint`. */
export type ConfigLookup = (key: string) => string | undefined;

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms === undefined || ms === 0) context.addIssue('is not a duration; write it like "30s" or "2m"');
  return ms ?? 0;
});

const flag = z
  .enum(["true", "false", "1", "0"], "must be true or false")
  .transform((text) => text === "true" || text === "1");

const count = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, "must be a whole number from 1 to 9999")
  .transform(Number);

const endpoint = z.string().transform((text, context) => {
  const problem = endpointProblem(text);
  if (problem) context.addIssue(problem);
  return text.trim().replace(/\/+$/, "");
});

const token = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, "is empty")
      .regex(/^[\x21-\x7e]*$/, "contains a character that no token has (a space, a line break or a non-ASCII letter)"),
  );

/** One row per setting: its schema, and what people should know of it. Names are the same in config and environment. */
const settingsSchema = z.object({
  endpoint: endpoint.meta({ description: "Base URL of the Connectors API; a path prefix is allowed." }),
  token: token.meta({ description: "API key or access token, sent as the bearer token.", secret: true }),
  apiEdition: z
    .enum(["flat"], 'must be "flat", the only edition of the API that this version speaks')
    .default("flat")
    .meta({ description: "Dialect of the API." }),
  attemptTimeout: duration.default(30_000).meta({ description: 'Limit of one request, e.g. "30s".' }),
  maxConcurrency: count.default(8).meta({ description: "Requests in flight at most." }),
  allowInsecure: flag
    .default(false)
    .meta({ description: "Allows plain http to another machine; the token then travels in clear." }),
  onExisting: z
    .enum(["adoptStopped", "adopt", "error"], "must be one of adoptStopped, adopt, error")
    .optional()
    .meta({ description: "Overrides every connector's onExisting, for one run." }),
  previousCredentials: flag
    .default(false)
    .meta({ description: "Follows `previous` in credential references that have it: the way back from a rotation." }),
  acceptEndpointChange: flag
    .default(false)
    .meta({ description: "Accepts that state names another endpoint, for one run after a move of the service." }),
});

/** Endpoint, token and limits of one account, checked. */
export type Settings = z.output<typeof settingsSchema>;

type Key = keyof Settings;

/** All settings, for documentation: name, environment variable, what it is for. */
export const settingRows: readonly { name: Key; variable: string; description: string }[] = Object.entries(
  settingsSchema.shape,
).map(([name, schema]) => ({
  name: name as Key,
  variable: variableOf(name, undefined),
  description: schema.meta()?.description ?? "",
}));

/**
 * Reads the settings of one account. The environment wins over stack config, because pipelines rotate it.
 *
 * @param account `undefined` for the default: `DATASPACE_ENDPOINT`, `dataspace:endpoint`. `"b"`: `DATASPACE_B_ENDPOINT`, `dataspace-b:endpoint`.
 * @throws ConnectorError `SETTINGS_INVALID`, naming everything that is missing or wrong.
 */
export function readSettings(
  config: ConfigLookup,
  environment: NodeJS.ProcessEnv,
  account: string | undefined,
): Settings {
  const raw: Record<string, string> = {};
  for (const key of Object.keys(settingsSchema.shape)) {
    const value = presence(environment[variableOf(key, account)]) ?? presence(config(configKeyOf(key, account)));
    if (value !== undefined) raw[key] = value;
  }
  if (raw.token !== undefined) registerSecret(raw.token.trim());
  const parsed = settingsSchema.safeParse(raw);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, raw, account));
  if (parsed.success && !parsed.data.allowInsecure && isInsecure(parsed.data.endpoint)) {
    problems.push(
      `${variableOf("endpoint", account)} is plain http to another machine, which would show the token to the network; use https, or set ${variableOf("allowInsecure", account)}=true`,
    );
  }
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use ${account === undefined ? "the service" : `account "${account}"`}: ${problems.join("; ")}.`,
    next: `Set ${["endpoint", "token"].map((key) => variableOf(key, account)).join(" and ")} in the environment (or ${configKeyOf("endpoint", account)} and, with --secret, ${configKeyOf("token", account)} in the stack's config).`,
  });
}

function problemOf(issue: z.core.$ZodIssue, raw: Record<string, string>, account: string | undefined): string {
  const key = String(issue.path[0]);
  return `${variableOf(key, account)} ${key in raw ? issue.message : "is missing"}`;
}

/** `endpoint` of account `b` → `DATASPACE_B_ENDPOINT`. */
export function variableOf(key: string, account: string | undefined): string {
  const words = [...(account === undefined ? [] : [account]), key.replace(/[A-Z]/g, (letter) => `_${letter}`)];
  return `DATASPACE_${words.join("_").toUpperCase()}`;
}

function configKeyOf(key: string, account: string | undefined): string {
  return `dataspace${account === undefined ? "" : `-${account}`}:${key}`;
}

function presence(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}

function endpointProblem(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url || !["http:", "https:"].includes(url.protocol)) return "is not an http or https URL";
  if (url.username !== "" || url.password !== "") return "must not carry a user name or password";
  if (url.search !== "" || url.hash !== "") return "must not carry a query or fragment";
  return undefined;
}

function isInsecure(text: string): boolean {
  const { protocol, hostname } = new URL(text);
  return protocol === "http:" && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
