import { createRequire } from "node:module";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { fixedBearer, RenewedBearer, type Bearer } from "../api/token/bearer.js";
import { ConnectorsClient } from "../api/client.js";
import { Semaphore } from "../api/limits.js";
import { OAuthSource } from "../api/token/oauth.js";
import type { RequestRecord } from "../api/outcome.js";
import { RetryBudget } from "../api/retry.js";
import type { FeedSettings } from "../api/feed/feed-settings.js";
import { StatusFeed } from "../api/feed/status-feed.js";
import { Keyring } from "../credentials/keyring.js";
import { Resolver } from "../credentials/resolver.js";
import { readToken } from "../credentials/token.js";
import { identityOf } from "../model/name.js";
import { isSameService } from "../model/base-url.js";
import { ConnectorError } from "../errors/connector-error.js";
import { couldNot, type Verb } from "../errors/messages/lifecycle.js";
import { systemClock, type Clock } from "../time/clock.js";
import { Journal } from "./journal.js";
import { readSettings, variableOf, type ConfigLookup, type Settings } from "./settings.js";
import type { SourceContext } from "../credentials/sources/source.js";

const { version } = createRequire(import.meta.url)("pulumi-dataspace/package.json") as { version: string };

/** Sent with every request: name and version. */
export const userAgent = `pulumi-dataspace/${version}`;

/** One endpoint with its token, connection pool and status feed. */
export interface Account {
  readonly name: string | undefined;
  readonly settings: Settings;
  readonly client: ConnectorsClient;
  readonly feed: StatusFeed;
  readonly clock: Clock;
  /** Places of the updates that restart a connector. */
  readonly restarts: Semaphore;
  /**
   * Reads a token that comes from a file or command, so that trouble with it is known before anything is begun. Gives what
   * should be known of it, once a process.
   *
   * @throws ConnectorError `SETTINGS_INVALID`
   */
  readonly authenticate: () => Promise<readonly string[]>;
}

/** How a process paces itself. Tests move time themselves. */
export interface Pace {
  readonly clock: Clock;
  readonly random: () => number;
  readonly feed: Partial<FeedSettings>;
}

/** All accounts of this process, opened when first used, and the credential values that it holds. */
export class Core {
  readonly keyring = new Keyring();
  readonly resolver: Resolver;
  readonly journal: Journal | undefined;
  /** No credential may be looked at in this run; also while something is wrong with the settings. */
  readonly noCredentials: boolean;
  private readonly tokenContext: SourceContext;
  readonly #retryAllowance = new RetryBudget();
  readonly #accounts = new Map<string | undefined, Account>();

  constructor(
    private readonly config: ConfigLookup,
    private readonly environment: NodeJS.ProcessEnv = process.env,
    /** Ends commands that credentials are asked of. */
    signal: AbortSignal = new AbortController().signal,
    private readonly pace: Pace = { clock: systemClock, random: Math.random, feed: {} },
    /** Told of every request that reached a service, or may have. */
    private readonly onRequest?: (record: RequestRecord) => void,
  ) {
    const folder = environment[variableOf("folder", undefined)];
    this.tokenContext = { environment, signal, folder };
    this.journal = Journal.open(environment[variableOf("journal", undefined)]);
    const referenceFolder = environment[variableOf("referenceFolder", undefined)];
    this.resolver = new Resolver({ environment, signal, folder: referenceFolder });
    this.noCredentials = isWithoutCredentials(environment);
  }

  /** Whether this run's program is known not to have been run: what is missing from it then means nothing. */
  get programNeverRan(): boolean {
    const mark = this.environment[variableOf("programMark", undefined)] ?? "";
    return mark !== "" && !existsSync(mark);
  }

  /** @throws ConnectorError `SETTINGS_INVALID` */
  account(name: string | undefined): Account {
    const known = this.#accounts.get(name);
    if (known) return known;
    const settings = readSettings(this.config, this.environment, name);
    const { folder = "" } = this.tokenContext;
    const ca = settings.caFile && certificatesIn(resolve(folder, settings.caFile), variableOf("caFile", name));
    const warnings: string[] = [];
    const bearer = this.#bearerOf(settings, ca, warnings);
    const client = new ConnectorsClient({
      endpoint: settings.endpoint,
      bearer,
      ca,
      environment: this.environment,
      edition: settings.apiEdition,
      attemptTimeoutMs: settings.attemptTimeout,
      maxConcurrency: settings.maxConcurrency,
      maxRequestsPerSecond: settings.maxRequestsPerSecond,
      retryAllowance: this.#retryAllowance,
      userAgent,
      clock: this.pace.clock,
      random: this.pace.random,
      onRequest: this.#listener(name),
    });
    const authenticate = async () => {
      if (settings.authentication.way === "source") await bearer.current();
      return warnings.splice(0);
    };
    const { clock } = this.pace;
    const feed = new StatusFeed(client, clock, {
      random: this.pace.random,
      account: name,
      acceptEmptyAccount: settings.acceptEmptyAccount,
      ...this.pace.feed,
    });
    const restarts = new Semaphore(settings.maxRestartsAtOnce ?? Infinity);
    const account = { name, settings, client, feed, clock, restarts, authenticate };
    this.#accounts.set(name, account);
    this.journal?.account(name, client.baseUrl);
    return account;
  }

  /**
   * What tells one connector of this process from all others: its name, and its account by whichever of its names was used first.
   * Accounts are the same where they have one base URL and one token.
   */
  identity(account: string | undefined, name: string): string {
    const own = this.#accountIfAny(account);
    const first = [...this.#accounts.values()].find((each) => own !== undefined && isSameAccount(each, own));
    return identityOf(first ? first.name : account, name);
  }

  #accountIfAny(name: string | undefined): Account | undefined {
    try {
      return this.account(name);
    } catch {
      return undefined;
    }
  }

  #listener(account: string | undefined): ((record: RequestRecord) => void) | undefined {
    const { journal, onRequest } = this;
    if (!journal) return onRequest;
    return (record) => {
      journal.request(account, record);
      onRequest?.(record);
    };
  }

  #bearerOf({ authentication, attemptTimeout }: Settings, ca: string | undefined, warnings: string[]): Bearer {
    switch (authentication.way) {
      case "token":
        return fixedBearer(authentication.token);
      case "oauth": {
        const limits = { attemptTimeoutMs: attemptTimeout, connections: 1, ca, environment: this.environment };
        return new RenewedBearer(new OAuthSource(authentication, limits));
      }
      case "source":
        return new RenewedBearer({
          read: async () => {
            const { token, warning } = await readToken(authentication, this.tokenContext);
            if (warning !== undefined) warnings.push(warning);
            return { token };
          },
        });
    }
  }

  /** Closes every connection, so that the process can end. */
  async close(): Promise<void> {
    await Promise.all([...this.#accounts.values()].map((account) => account.client.close()));
    this.#accounts.clear();
  }
}

function isSameAccount(one: Account, other: Account): boolean {
  const [a, b] = [one, other].map(({ client, settings }) => [client.baseUrl, settings.authentication]);
  return isDeepStrictEqual(a, b);
}

function certificatesIn(path: string, variable: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new ConnectorError("SETTINGS_INVALID", {
      headline: `Could not use the service: ${variable} names ${path}, which can't be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`,
      next: `Correct ${variable}: a file with certificates in PEM.`,
    });
  }
}

/** Whether an environment forbids to look at any credential. */
export function isWithoutCredentials(environment: NodeJS.ProcessEnv): boolean {
  return !/^(|false|0)$/.test(environment[variableOf("noCredentials", undefined)]?.trim() ?? "");
}

/**
 * Refuses to ask another service than the one that state names, which another path is as well: it would answer that every connector is gone.
 *
 * @throws ConnectorError `SETTINGS_INVALID`
 */
export function requireSameEndpoint(account: Account, remembered: unknown, verb: Verb, connector: string): void {
  if (typeof remembered !== "string" || isSameService(remembered, account.client.baseUrl)) return;
  if (account.settings.acceptEndpointChange) return;
  throw new ConnectorError(
    "SETTINGS_INVALID",
    {
      headline: couldNot(
        verb,
        connector,
        `state says that it is at ${remembered}, but ${variableOf("endpoint", account.name)} is ${account.client.baseUrl}`,
      ),
      next: `Set ${variableOf("endpoint", account.name)} back; if the service itself has moved, run the command once with ${variableOf("acceptEndpointChange", account.name)}=true.`,
    },
    connector,
  );
}
