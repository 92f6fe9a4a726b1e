import type { RequestRecord } from "../../provider/api/outcome.js";
import { Core, type Account } from "../../provider/core/core.js";
import type { ConfigLookup } from "../../provider/core/settings.js";
import { withCore } from "../../provider/core/with-core.js";
import { isConnectorError } from "../../provider/errors/connector-error.js";
import type { Verb } from "../../provider/errors/messages/lifecycle.js";
import { endpointOf } from "./endpoint.js";
import { interrupted } from "./messages.js";

/** Which service is asked, and what ends it. Environment variables win over `config` and `endpoint`, which may not name another origin. */
export interface ServiceOptions {
  /** With `b`, `DATASPACE_B_ENDPOINT`, `DATASPACE_B_TOKEN`, … are read. Default: `DATASPACE_ENDPOINT`, `DATASPACE_TOKEN`, … */
  readonly account?: string | undefined;
  /** The endpoint that a manifest names. */
  readonly endpoint?: string | undefined;
  /** A stack's config by full key. */
  readonly config?: ConfigLookup | undefined;
  /** Environment variables on top of this process's. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Ends reads and waits at once, never a change that is in flight. */
  readonly signal?: AbortSignal | undefined;
  /** @internal */
  readonly onRequest?: (record: RequestRecord) => void;
}

/** The service, open. */
export interface Service {
  /** The account that the options name. */
  readonly account: Account;
  readonly accountNamed: (name: string | undefined) => Account;
  readonly signal: AbortSignal;
  /** Requests sent so far, by kind. */
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * Opens the service for some work and closes it afterwards.
 *
 * @param about what the work is to do, for the error that a failed request becomes
 * @throws ConnectorError `SETTINGS_INVALID` when the settings are incomplete or wrong, `CANCELLED` when the signal aborts
 */
export async function withService<T>(
  options: ServiceOptions,
  about: { readonly verb: Verb; readonly name?: string | undefined },
  work: (service: Service) => Promise<T>,
): Promise<T> {
  const { endpoint, config = () => undefined, signal = new AbortController().signal, onRequest } = options;
  const given = { ...process.env, ...options.env };
  const environment = { ...given, ...endpointOf(endpoint, given) };
  const requests: Record<string, number> = {};
  const core = new Core(config, environment, signal, undefined, (record) => {
    requests[record.call] = (requests[record.call] ?? 0) + 1;
    onRequest?.(record);
  });
  try {
    return await withCore(core, { ...about, caller: "operator" }, () =>
      work({
        get account() {
          return core.account(options.account);
        },
        accountNamed: (name) => core.account(name),
        signal,
        requests,
      }),
    );
  } catch (error) {
    throw signal.aborted && isConnectorError(error) ? interrupted() : error;
  }
}
