import { desiredOf } from "../provider/resource/goals.js";
import { identityOf } from "../provider/model/name.js";
import { textOf, valueAt, type PropertyMap } from "../provider/model/property-map.js";
import { changesBetween } from "../provider/model/changes.js";
import { registerIdentity } from "../provider/errors/redact.js";
import { statusKind } from "../provider/model/status.js";
import type { StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { matcher } from "./source/glob.js";
import { interrupted } from "./stack/messages.js";
import { engineFailure } from "./stack/engine-failure.js";
import { isGone } from "./plan/preview-plan.js";
import type { Drift, Report } from "./run/report.js";
import type { Run } from "./run/run.js";
import { session, type Session } from "./stack/session.js";
import type { StackOptions } from "./stack/stack-options.js";
import { comparable } from "./plan/masked.js";
import type { ConnectorFacts } from "./run/journal.js";
import { isConnector, keyOf } from "./stack/urn.js";
import { connectorsIn } from "./stack/state.js";
import { unusableNames } from "./service/messages.js";
import { withService } from "./service/service.js";

export interface DriftOptions extends StackOptions {
  /** Other stacks of the same project whose connectors count as managed. */
  readonly alsoManaged?: readonly string[];
  /** Globs of names at the service that are not reported as unmanaged. */
  readonly ignore?: readonly string[];
}

/**
 * Compares the service with state and changes neither. Finds connectors whose status or storage differs, that are gone, or that
 * this stack does not manage: another may. Does not run the program. Exits with code 2 if it finds any.
 */
export function drift(options: DriftOptions): Run<Report> {
  return session("drift", options, false, async (open) => {
    const { workspace, emit } = open;
    emit({ type: "phase", text: `Comparing ${workspace.name} with the service …` });
    const result = await workspace.run("previewRefresh");
    if (result.interrupted) throw interrupted(workspace.name);
    const failure = engineFailure("refresh", workspace.name, result);
    if (failure) throw failure;
    const errors = [...new Set(result.errors.map(({ text }) => text))];
    const { compared } = await open.history();
    const managed = result.events.flatMap(({ resOutputsEvent: after }) =>
      after && isConnector(after.metadata.urn) ? driftOf(after.metadata, compared.read) : [],
    );
    managed.sort((a, b) => (a.key ?? "").localeCompare(b.key ?? "", "en"));
    // In a fleet, the first stack looks for unmanaged connectors.
    const looks = errors.length === 0 && (options.shard?.index ?? 1) === 1;
    const others = looks ? await unmanaged(open, options) : { drift: [], warnings: [] };
    const found = [...managed, ...others.drift];
    const exitCode = errors.length > 0 ? 1 : found.length > 0 ? 2 : 0;
    return { drift: found, errors, warnings: others.warnings, exitCode };
  });
}

function driftOf(metadata: StepEventMetadata, compared: ConnectorFacts<readonly string[]>): Drift[] {
  const given = (metadata.old?.outputs ?? {}) as PropertyMap;
  const id = { urn: metadata.urn, account: textOf(given["account"]), name: textOf(given["name"]) ?? "" };
  const [olds, found] = comparable(given, metadata.new?.outputs ?? {}, compared.of(id));
  const about = { key: keyOf(metadata.urn), name: textOf(olds["name"]) ?? metadata.old?.id ?? "" };
  for (const name of [about.key, about.name]) registerIdentity(name);
  if (isGone(metadata)) return [{ ...about, kind: "removed", text: "gone from the service" }];
  const news = found;
  const desired = desiredOf(olds);
  const status = String(news["status"]);
  const power = statusKind(status) !== (desired === "RUNNING" ? "running" : "stopped");
  const fields = changesBetween(olds, news).filter(({ path }) => path !== "desiredStatus");
  return [
    ...(power ? [{ ...about, kind: "power" as const, text: `${status}, declared ${desired}` }] : []),
    ...(fields.length > 0
      ? [
          {
            ...about,
            kind: "fields" as const,
            text: fields.map(({ path }) => `${path} ${changed(olds, news, path)}`).join(", "),
          },
        ]
      : []),
  ];
}

function changed(olds: PropertyMap, news: PropertyMap, path: string): string {
  return `${quoted(valueAt(olds, path))} => ${quoted(valueAt(news, path))}`;
}

function quoted(value: unknown): string {
  return value === undefined ? "unset" : typeof value === "object" ? "{…}" : JSON.stringify(value);
}

/** Connectors of the accounts that are in no state of these stacks, and a warning about unusable entries. */
async function unmanaged({ workspace, source }: Session, options: DriftOptions) {
  const states = await Promise.all([
    workspace.stateAsOpened(),
    ...(options.alsoManaged ?? []).map((name) => workspace.state(name, "--also-managed")),
    ...(options.siblings ?? []).map((name) => workspace.stateIfAny(name)),
  ]);
  const held = new Set(
    states.flatMap((state) => connectorsIn(state).map(({ account, name }) => identityOf(account, name))),
  );
  const [first, ...more] = [...(options.alsoManaged ?? []), ...(options.siblings ?? [])];
  const besides = more.length === 0 ? first : `the ${more.length + 1} others looked through`;
  const notIn = `not in stack ${workspace.name}${besides === undefined ? "" : ` or ${besides}`}`;
  const accounts = new Set<string | undefined>([undefined, ...connectorsIn(states[0]).map(({ account }) => account)]);
  const isIgnored = matcher(options.ignore ?? []);
  const config = source.manifest ? undefined : await workspace.config();
  const service = { endpoint: source.manifest?.endpoint, config, env: options.env, signal: options.signal };
  const unusable: string[] = [];
  const found = await withService(service, { verb: "list" }, ({ accountNamed, signal }) =>
    Promise.all(
      [...accounts].map(async (account) => {
        const listing = await accountNamed(account).client.list({ signal });
        unusable.push(...listing.unusable);
        return [...listing.names]
          .filter((name) => !held.has(identityOf(account, name)) && !isIgnored(name))
          .map((name): Drift => ({
            name,
            kind: "unmanaged",
            text: `${listing.observed(name)?.status ?? "there"}, ${notIn}`,
          }));
      }),
    ),
  );
  return {
    drift: found.flat().toSorted((a, b) => a.name.localeCompare(b.name, "en")),
    warnings: unusable.length === 0 ? [] : [unusableNames(unusable)],
  };
}
