import { requireBound } from "../../provider/core/endpoint.js";
import { variableOf } from "../../provider/core/settings.js";

/**
 * The endpoint that a manifest names, as a variable; none where the environment has one.
 *
 * @throws ConnectorError `SETTINGS_INVALID` where the environment names another origin: its token is sent nowhere else
 */
export function endpointOf(manifest: string | undefined, environment: NodeJS.ProcessEnv): Record<string, string> {
  const variable = variableOf("endpoint", undefined);
  const bound = environment[variable]?.trim() || undefined;
  const named = { url: manifest, by: "the manifest (endpoint)", at: "endpoint in the manifest" };
  requireBound(named, { variable, bound, account: undefined });
  return manifest === undefined || bound !== undefined ? {} : { [variable]: manifest };
}
