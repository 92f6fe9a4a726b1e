import picomatch from "picomatch";
import type { Account } from "../../../provider/core/core.js";
import { failureOf } from "../../../provider/lifecycle/request-failure.js";
import type { Sighting } from "../../../provider/model/sighting.js";
import type { Emit } from "../events.js";
import { writtenFor } from "../messages/generate.js";
import { Run } from "../run.js";
import { adoptionsOf, tellsStorage, type Adoption } from "./adoption.js";
import { manifestText } from "./manifest-text.js";
import { programText } from "./program-text.js";

export interface GenerateOptions {
  readonly format: "ts" | "yaml";
  /** The account to list; default: the one of DATASPACE_ENDPOINT and DATASPACE_TOKEN. */
  readonly account?: string | undefined;
  /** Pulumi project of a manifest. Default `connectors`. */
  readonly project?: string | undefined;
  /** Names of connectors that are managed already, and left out. */
  readonly managed?: ReadonlySet<string> | undefined;
  /** Names of resources that are in use, so that no other gets one of them. */
  readonly takenKeys?: ReadonlySet<string> | undefined;
  /** Globs over names of connectors that are left out. */
  readonly ignore?: readonly string[] | undefined;
  /** Default: this process's. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Generated {
  /** The program or manifest. */
  readonly text: string;
  /** What it declares, by key. */
  readonly connectors: readonly Adoption[];
  /** Those that it can't declare, a line each. */
  readonly leftOut: readonly string[];
  /** How many are left out because they are managed already, or ignored. */
  readonly managed: number;
  readonly ignored: number;
}

/**
 * Lists an account's connectors, and writes a program or manifest that takes over those that nothing manages yet, as they
 * are: its first `up` sends no configuration and restarts nothing. Reads only.
 *
 * @throws ConnectorError `SETTINGS_INVALID`, and whatever listing may throw: `UNAUTHORIZED`, `UNAVAILABLE`, …
 */
export function generate(options: GenerateOptions): Run<Generated> {
  return new Run((emit) => work(options, emit));
}

async function work(options: GenerateOptions, emit: Emit): Promise<Generated> {
  const { Core } = await import("../../../provider/core/core.js");
  const core = new Core(() => undefined, options.environment);
  try {
    const account = core.account(options.account);
    emit({ type: "phase", text: `Listing the connectors of ${account.client.origin}` });
    return await read(account, options);
  } catch (error) {
    throw failureOf(error, "list");
  } finally {
    await core.close();
  }
}

async function read(account: Account, options: GenerateOptions): Promise<Generated> {
  const { signal, managed, ignore = [], takenKeys = new Set() } = options;
  const { names, sightings } = await account.client.list(signal ? { signal } : {});
  const all = [...names];
  const ignored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true });
  const unmanaged = all.filter((name) => !managed?.has(name));
  const wanted = unmanaged.filter((name) => !ignored(name));
  const seen = new Map<string, Sighting>();
  await Promise.all(
    wanted.map(async (name) => {
      const listed = sightings.get(name);
      // A list may tell less than a look at one alone.
      const sighting =
        listed && tellsStorage(listed) ? listed : await account.client.get(name, signal ? { signal } : {});
      if (sighting) seen.set(name, sighting);
    }),
  );
  const { adoptions, leftOut } = adoptionsOf(seen, takenKeys);
  return {
    text: textOf(adoptions, leftOut, account, options),
    connectors: adoptions,
    leftOut,
    managed: all.length - unmanaged.length,
    ignored: unmanaged.length - wanted.length,
  };
}

function textOf(
  adoptions: readonly Adoption[],
  leftOut: readonly string[],
  { settings, client }: Account,
  { format, account, project = "connectors" }: GenerateOptions,
): string {
  const comments = [writtenFor(adoptions.length, client.origin), ...leftOut];
  if (format === "ts") return programText(adoptions, { comments, account });
  const endpoint = account === undefined ? settings.endpoint : undefined;
  return manifestText(adoptions, { comments, account, project, endpoint });
}
