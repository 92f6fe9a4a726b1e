import { observeListed } from "../../provider/api/feed/observe-listed.js";
import type { Account } from "../../provider/core/core.js";
import type { Emit } from "../run/events.js";
import { matcher } from "../source/glob.js";
import { isSameService } from "../../provider/model/base-url.js";
import { ownedInBackend, type OwnedConnector } from "../stack/backend-stacks.js";
import { lookingThrough, mayBeOwned, ownedBy, unusableName, writtenFor } from "./messages.js";
import { Run } from "../run/run.js";
import { openSource, type OpenSource, type Source } from "../source/source.js";
import { connectorsIn, type HeldConnector } from "../stack/state.js";
import { Workspace } from "../stack/workspace.js";
import { adoptionsOf, saysStorage, type Adoption } from "./adoption.js";
import { manifestText } from "./manifest-text.js";
import { programText } from "./program-text.js";
import { withService, type Service } from "../service/service.js";

export interface GenerateOptions {
  readonly format: "ts" | "yaml";
  /** The account to list. Default: the one of DATASPACE_ENDPOINT and DATASPACE_TOKEN. */
  readonly account?: string | undefined;
  /** Pulumi project of a manifest. @default connectors */
  readonly project?: string | undefined;
  /** Stacks whose connectors are already managed: these are left out, and their keys are not reused. */
  readonly stacks?: { readonly source: Source; readonly names: readonly string[] } | undefined;
  /** Globs: names of connectors to leave out. */
  readonly ignore?: readonly string[] | undefined;
  /** Environment variables on top of this process's. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Generated {
  /** The program or manifest. */
  readonly text: string;
  /** What it declares, by key. */
  readonly connectors: readonly Adoption[];
  /** Connectors that it can't declare, a line each. */
  readonly leftOut: readonly string[];
  /** How many are left out because a stack manages them, or ignored. */
  readonly managed: number;
  readonly ignored: number;
}

/**
 * Lists an account's connectors and writes a program or manifest that adopts the unmanaged ones as they are: its first `up`
 * sends no configuration and restarts nothing. Changes nothing itself.
 *
 * @throws ConnectorError `SETTINGS_INVALID`, and what listing may throw: `UNAUTHORIZED`, `UNAVAILABLE`, …
 */
export function generate(options: GenerateOptions): Run<Generated> {
  return new Run((emit) => work(options, emit));
}

async function work(options: GenerateOptions, emit: Emit): Promise<Generated> {
  const source = options.stacks && (await openSource(options.stacks.source));
  const held = source ? await heldIn(source, options, emit) : [];
  const { account, env, signal } = options;
  const owned = await ownedInBackend({ ...process.env, ...env }, (stacks) =>
    emit({ type: "phase", text: lookingThrough(stacks) }),
  );
  return withService({ account, endpoint: source?.manifest?.endpoint, env, signal }, { verb: "list" }, (service) => {
    emit({ type: "phase", text: `Listing the connectors of ${service.account.client.baseUrl} …` });
    return read(service, held, owned, options);
  });
}

/** What the stacks hold. */
async function heldIn(source: OpenSource, { stacks, env, signal }: GenerateOptions, emit: Emit) {
  const [first] = stacks?.names ?? [];
  if (!stacks || first === undefined) return [];
  const options = { source: stacks.source, stack: first, ...(env ? { env } : {}), ...(signal ? { signal } : {}) };
  const workspace = await Workspace.open(source, options, emit, false);
  try {
    const states = await Promise.all(stacks.names.map((name) => workspace.state(name)));
    return states.flatMap(connectorsIn);
  } finally {
    await workspace.close();
  }
}

async function read(
  { account, signal }: Service,
  held: readonly HeldConnector[],
  owned: readonly OwnedConnector[] | undefined,
  options: GenerateOptions,
): Promise<Generated> {
  const listing = await account.client.list({ signal });
  const managed = new Set(held.filter((each) => each.account === account.name).map(({ name }) => name));
  const { baseUrl } = account.client;
  const here = owned?.filter(({ endpoint }) => endpoint !== undefined && isSameService(endpoint, baseUrl)) ?? [];
  const owners = new Map(here.map(({ name, stack }) => [name, stack]));
  const unknown = [...listing.names].filter((name) => !managed.has(name));
  const unmanaged = unknown.filter((name) => !owners.has(name));
  const isIgnored = matcher(options.ignore ?? []);
  const wanted = unmanaged.filter((name) => !isIgnored(name));
  const observed = await observeListed(account.client, listing, wanted, { signal, suffices: saysStorage });
  const { adoptions, ...rest } = adoptionsOf(observed, new Set(held.map(({ key }) => key)));
  const elsewhere = unknown.flatMap((name) => (owners.has(name) ? [ownedBy(name, owners.get(name) ?? "")] : []));
  const leftOut = [...elsewhere, ...rest.leftOut, ...listing.unusable.map(unusableName)];
  return {
    text: textOf(adoptions, [mayBeOwned(owned !== undefined), ...leftOut], account, options),
    connectors: adoptions,
    leftOut,
    managed: listing.names.size - unmanaged.length,
    ignored: unmanaged.length - wanted.length,
  };
}

function textOf(
  adoptions: readonly Adoption[],
  remarks: readonly string[],
  { settings, client }: Account,
  { format, account, project = "connectors" }: GenerateOptions,
): string {
  const comments = [writtenFor(adoptions.length, client.baseUrl), ...remarks];
  if (format === "ts") return programText(adoptions, { comments, account });
  const endpoint = account === undefined ? settings.endpoint : undefined;
  return manifestText(adoptions, { comments, account, project, endpoint });
}
