import { editionNames } from "../api/editions/index.js";
import { z } from "zod";
import { defaultMaxConcurrency } from "../api/limits.js";
import { ConnectorError } from "../errors/connector-error.js";
import { registerSecret } from "../errors/redact.js";
import { tokenText, visibleEnds } from "../model/credential-text.js";
import { parseJson } from "../model/json.js";
import { parseDuration } from "../time/duration.js";
import { authenticationOf, ways, type Authentication, type AuthenticationSettings } from "./authentication.js";
import { endpointProblem, isInsecure, requireBound } from "./endpoint.js";

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
  return text.trim().replace(/(?<!\/)\/+$/, "");
});

const command = z.string().transform((text, context): [string, ...string[]] => {
  const words: unknown = text.trim().startsWith("[") ? parseJson(text) : text.trim().split(/\s+/);
  if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === "string"))
    return words as [string, ...string[]];
  context.addIssue("is not a command; write words, or a JSON array of strings");
  return [""];
});

/** One row per setting: its schema, and what people should know of it. Names are the same in config and environment. */
const settingsSchema = z.object({
  endpoint: endpoint.meta({ description: "Base URL of the Connectors API; a path prefix is allowed." }),
  token: tokenText.optional().meta({ description: "API key or access token, sent as the bearer token.", secret: true }),
  tokenFile: z
    .string()
    .optional()
    .meta({ description: "File that holds the token; read again when the service refuses it." }),
  tokenCommand: command.optional().meta({
    description:
      "Command that prints the token: words, or a JSON array; run without a shell, and again when the service refuses the token.",
  }),
  tokenUrl: endpoint
    .optional()
    .meta({ description: "Token endpoint, for short-lived tokens by OAuth 2 client credentials." }),
  clientId: z.string().optional().meta({ description: "Client id for the token endpoint." }),
  clientSecret: z
    .string()
    .refine(...visibleEnds)
    .optional()
    .meta({ description: "Client secret for the token endpoint.", secret: true }),
  scope: z.string().optional().meta({ description: "Scope to ask the token endpoint for." }),
  caFile: z.string().optional().meta({ description: "File with certificates (PEM) to trust besides the usual ones." }),
  apiEdition: z
    .enum(editionNames, `must be one of ${editionNames.join(", ")}`)
    .default("flat")
    .meta({ description: `Dialect of the API: ${editionNames.join(", ")}. Default: flat.` }),
  attemptTimeout: duration.default(30_000).meta({ description: 'Limit of one request, e.g. "30s".' }),
  maxConcurrency: count.default(defaultMaxConcurrency).meta({ description: "Requests in flight at most." }),
  maxRequestsPerSecond: count.optional().meta({ description: "Requests a second at most. Default: unlimited." }),
  maxRestartsAtOnce: count
    .optional()
    .meta({ description: "Connectors that an update restarts at once, at most. Default: unlimited." }),
  allowInsecure: flag
    .default(false)
    .meta({ description: "Allows plain http to another machine; the token is then sent unencrypted." }),
  onExisting: z
    .enum(["adoptStopped", "adopt", "error"], "must be one of adoptStopped, adopt, error")
    .optional()
    .meta({ description: "Overrides every connector's onExisting, for one run." }),
  previousCredentials: flag
    .default(false)
    .meta({ description: "Follows `previous` in credential references that have it: rolls a rotation back." }),
  acceptEndpointChange: flag
    .default(false)
    .meta({ description: "Accepts that state names another endpoint, for one run after a move of the service." }),
  acceptEmptyAccount: flag.default(false).meta({
    description:
      "Accepts that an account holds no connectors at all although state knows some, for one run after they were all removed.",
    ofRun: true,
  }),
  noCredentials: flag.default(false).meta({
    description:
      "Follows no credential reference: what state knows of them is kept, the rest is unknown. For previews that must not see secrets; an operation that would send a configuration fails before any request.",
    ofRun: true,
  }),
  journal: z.string().optional().meta({
    description:
      "File to which the provider's processes append what they send and see, and how each operation ends, as lines of JSON: names, kinds and statuses, never a body or a secret. Pipelines read it for their reports.",
    ofRun: true,
  }),
  programMark: z.string().optional().meta({
    description:
      "File that the program of this run creates when it starts. While it is missing nothing is deleted: Pulumi's SDK treats a program that it couldn't run as one that declares nothing. Pipelines set it.",
    ofRun: true,
  }),
  folder: z.string().optional().meta({
    description:
      "Folder in which the user stands: `tokenFile` and `caFile` are relative to it, and `tokenCommand` runs in it. Default: the process's own. Pipelines set it, because the engine runs elsewhere.",
    ofRun: true,
  }),
  referenceFolder: z.string().optional().meta({
    description:
      "Folder in which the commands of credential references run, and to which their files are relative. Default: the process's own, which is the project's. Pipelines set it to the manifest's.",
    ofRun: true,
  }),
  onFailedEdit: z.enum(["keep", "rollback"], "must be one of keep, rollback").default("keep").meta({
    description:
      "What an update does when its edit fails, i.e. the service refuses it or the connector ends FAILED on it: `keep` leaves it so; `rollback` sends the previous configuration once more, with the `previous` values of changed credentials, and awaits its restart.",
    ofRun: true,
  }),
});

/** Endpoint, authentication and limits of one account, checked. */
export interface Settings extends Omit<z.output<typeof settingsSchema>, keyof AuthenticationSettings> {
  readonly authentication: Authentication;
}

type Key = keyof z.output<typeof settingsSchema>;

/** All settings, for documentation: name, environment variable, key in the stack's config, what it is for. */
export const settingRows: readonly {
  name: Key;
  variable: string;
  config: string | undefined;
  description: string;
}[] = Object.entries(settingsSchema.shape).map(([name, schema]) => ({
  name: name as Key,
  variable: variableOf(name, undefined),
  config: isOfRun(name) ? undefined : configKeyOf(name, undefined),
  description: schema.meta()?.description ?? "",
}));

/** Whether a setting belongs to one run: given in the environment only, and the same for every account. */
function isOfRun(key: string): boolean {
  const schema = Object.entries(settingsSchema.shape).find(([name]) => name === key)?.[1];
  return schema?.meta()?.["ofRun"] === true;
}

/**
 * Reads the settings of one account. The environment wins over stack config, because pipelines rotate it; its endpoint binds
 * the token: config that names another origin is refused.
 *
 * @param account `undefined` for the default: `DATASPACE_ENDPOINT`, `dataspace:endpoint`. `"b"`: `DATASPACE_B_ENDPOINT`, `dataspace-b:endpoint`.
 * @throws ConnectorError `SETTINGS_INVALID`, naming everything that is missing or wrong.
 */
export function readSettings(
  config: ConfigLookup,
  environment: NodeJS.ProcessEnv,
  account: string | undefined,
): Settings {
  const raw = gather(config, environment, account);
  const configKey = configKeyOf("endpoint", account);
  requireBound(
    { url: presence(config(configKey)), by: `the stack's config (${configKey})`, at: configKey },
    {
      variable: variableOf("endpoint", account),
      bound: presence(environment[variableOf("endpoint", account)]),
      account,
    },
  );
  for (const key of ["token", "clientSecret"]) if (raw[key] !== undefined) registerSecret(raw[key].trim());
  const parsed = settingsSchema.safeParse(raw);
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, raw, account));
  if (parsed.success) {
    const { token: text, tokenFile, tokenCommand, tokenUrl, clientId, clientSecret, scope, ...rest } = parsed.data;
    for (const [key, url] of Object.entries({ endpoint: rest.endpoint, tokenUrl })) {
      if (url === undefined || rest.allowInsecure || !isInsecure(url)) continue;
      problems.push(
        `${variableOf(key, account)} is plain http to another machine, which would show the token to the network; use https, or set ${variableOf("allowInsecure", account)}=true`,
      );
    }
    const authentication = authenticationOf(
      { token: text, tokenFile, tokenCommand, tokenUrl, clientId, clientSecret, scope },
      (key) => variableOf(key, account),
    );
    if (!("way" in authentication)) problems.push(...authentication);
    else if (problems.length === 0) return { ...rest, authentication };
  } else if (ways.every((way) => raw[way] === undefined)) problems.push(`${variableOf("token", account)} is missing`);
  throw new ConnectorError("SETTINGS_INVALID", {
    headline: `Could not use ${account === undefined ? "the service" : `account "${account}"`}: ${problems.join("; ")}.`,
    next: `Set ${["endpoint", "token"].map((key) => variableOf(key, account)).join(" and ")} in the environment (or ${configKey} and, with --secret, ${configKeyOf("token", account)} in the stack's config).`,
  });
}

/** What is given, as texts. Where the environment gives any way to a token, none of the stack's config counts. */
function gather(
  config: ConfigLookup,
  environment: NodeJS.ProcessEnv,
  account: string | undefined,
): Record<string, string> {
  const raw: Record<string, string> = {};
  const inEnvironment = (key: string) => presence(environment[variableOf(key, account)]);
  const environmentWins = ways.some((way) => inEnvironment(way) !== undefined);
  for (const key of Object.keys(settingsSchema.shape)) {
    const fromConfig =
      isOfRun(key) || (environmentWins && ways.some((way) => way === key))
        ? undefined
        : config(configKeyOf(key, account));
    const value = inEnvironment(key) ?? presence(fromConfig);
    if (value !== undefined) raw[key] = value;
  }
  return raw;
}

function problemOf(issue: z.core.$ZodIssue, raw: Record<string, string>, account: string | undefined): string {
  const key = String(issue.path[0]);
  return `${variableOf(key, account)} ${key in raw ? issue.message : "is missing"}`;
}

/** `endpoint` of account `b` → `DATASPACE_B_ENDPOINT`; `noCredentials` of any → `DATASPACE_NO_CREDENTIALS`. */
export function variableOf(key: string, account: string | undefined): string {
  const words = [
    ...(account === undefined || isOfRun(key) ? [] : [account]),
    key.replace(/[A-Z]/g, (letter) => `_${letter}`),
  ];
  return `DATASPACE_${words.join("_").toUpperCase()}`;
}

function configKeyOf(key: string, account: string | undefined): string {
  return `dataspace${account === undefined ? "" : `-${account}`}:${key}`;
}

function presence(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}
