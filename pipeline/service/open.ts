import { Core } from "../../provider/core/core.js";

/**
 * The service itself, by the same settings that the provider goes by: the environment, and what a manifest says of the endpoint.
 * Close it, or the process stays.
 */
export function openService(
  options: {
    readonly endpoint?: string | undefined;
    readonly env?: Readonly<Record<string, string>> | undefined;
    readonly signal?: AbortSignal | undefined;
  } = {},
  config: (key: string) => string | undefined = () => undefined,
): Core {
  const endpoint = options.endpoint === undefined ? {} : { DATASPACE_ENDPOINT: options.endpoint };
  return new Core(config, { ...endpoint, ...process.env, ...options.env }, options.signal);
}
