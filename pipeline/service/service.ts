import { Core, type Account, type Pace } from "../../provider/core/core.js";
import type { ConfigLookup } from "../../provider/core/settings.js";

/** Which service is asked, and who may end it. */
export interface ServiceOptions {
  /** `b` reads DATASPACE_B_ENDPOINT and its like. Default: DATASPACE_ENDPOINT and its like. */
  readonly account?: string | undefined;
  /** Where those are looked up. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv;
  /** A stack's config by full key, for what the environment doesn't say. */
  readonly config?: ConfigLookup;
  /** Ends looks and waits at once, never a change that is in flight. */
  readonly signal?: AbortSignal;
  /** @internal */
  readonly pace?: Pace;
}

/** One account, open. */
export interface Service {
  readonly account: Account;
  readonly signal: AbortSignal;
  /** Requests that it was sent so far, by kind. */
  readonly requests: Readonly<Record<string, number>>;
}

/** @throws ConnectorError `SETTINGS_INVALID` when the settings are incomplete or wrong. */
export async function withService<T>(options: ServiceOptions, work: (service: Service) => Promise<T>): Promise<T> {
  const requests: Record<string, number> = {};
  const signal = options.signal ?? new AbortController().signal;
  const core = new Core(
    options.config ?? (() => undefined),
    options.environment ?? process.env,
    signal,
    options.pace,
    ({ call }) => (requests[call] = (requests[call] ?? 0) + 1),
  );
  try {
    const account = core.account(options.account);
    await account.authenticate();
    return await work({ account, signal, requests });
  } finally {
    await core.close();
  }
}

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
