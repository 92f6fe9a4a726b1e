import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";
import { registerIdentity } from "../../provider/errors/redact.js";
import { textOf, type PropertyMap } from "../../provider/model/property-map.js";
import { blockOf } from "../../provider/model/storage.js";
import { isUnprovenCreate } from "../../provider/resource/goals.js";
import { forecastOfCreate, forecastOfDelete, forecastOfUpdate, type ConnectorForecast } from "./connector-forecast.js";
import type { OnExisting } from "../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import type { CheckedCredentials, ConnectorFacts, ConnectorId } from "../run/journal.js";
import { comparable, isSecret } from "./masked.js";
import type { DeclaredConnector, Plan, PlannedConnector, PlannedEndpoint } from "../run/plan.js";
import { isConnector, keyOf } from "../stack/urn.js";
import type { State } from "../stack/state.js";

/** Inputs of a plan besides the engine's events. */
export interface PlanInputs {
  readonly stack: string;
  readonly state: State;
  /** The connector that has the name of one to be created; `undefined` if there is none. */
  readonly existing: (inputs: PropertyMap) => ObservedConnector | undefined;
  /** What a create does if the name is taken. */
  readonly onExisting: (inputs: PropertyMap) => OnExisting;
  /** Where credentials come from. */
  readonly checked: ConnectorFacts<CheckedCredentials>;
  /** Paths of the fields that differ between state and program. */
  readonly compared: ConnectorFacts<readonly string[]>;
  /** Base URLs of the accounts that were asked. */
  readonly endpoints: ReadonlyMap<string | undefined, string>;
  /** Credentials were not read. */
  readonly notChecked: boolean;
}

interface Steps {
  readonly urn: string;
  gone: boolean;
  readonly metadata: StepEventMetadata[];
}

/** The plan of a previewed run, in terms of connectors. */
export function planOf(events: readonly EngineEvent[], about: PlanInputs): Plan {
  const steps = new Map<string, Steps>();
  const others: string[] = [];
  const at = (urn: string): Steps => {
    const known = steps.get(urn) ?? { urn, gone: false, metadata: [] };
    steps.set(urn, known);
    return known;
  };
  for (const { resourcePreEvent: before, resOutputsEvent: after } of events) {
    const refreshed = after?.metadata;
    if (refreshed?.op === "refresh" && isConnector(refreshed.urn) && isGone(refreshed)) at(refreshed.urn).gone = true;
    const metadata = before?.metadata;
    if (!metadata || metadata.op === "refresh") continue;
    if (isConnector(metadata.urn)) at(metadata.urn).metadata.push(metadata);
    else if (metadata.op !== "same" && metadata.op !== "read" && !metadata.urn.includes("::pulumi:"))
      others.push(`${metadata.op} ${metadata.urn.split("::").slice(2).join("::")}`);
  }
  const all = [...steps.values()].map((step) => unmasked(step, about.compared));
  for (const { urn, metadata } of all)
    for (const name of [keyOf(urn), ...metadata.map((step) => (step.new ?? step.old)?.outputs["name"])])
      if (typeof name === "string") registerIdentity(name);
  return {
    stack: about.stack,
    connectors: sorted(all.flatMap((each) => planned(each, about))),
    declared: sorted(all.flatMap((each) => declared(each, about))),
    others,
    stateVersion: versionOf(about.state),
    endpoints: endpointsIn(about),
  };
}

/** A step's properties, with secrets told apart as the provider does. */
function unmasked(step: Steps, compared: PlanInputs["compared"]): Steps {
  const changed = compared.of(idOf(step));
  const metadata = step.metadata.map((each) => {
    const [outputs, inputs] = comparable(each.old?.outputs ?? {}, each.new?.inputs ?? {}, each.old && changed);
    return {
      ...each,
      ...(each.old ? { old: { ...each.old, outputs } } : {}),
      ...(each.new ? { new: { ...each.new, inputs } } : {}),
    };
  });
  return { ...step, metadata };
}

function idOf({ urn, metadata }: Steps): ConnectorId {
  const about = metadata.map((each) => each.new ?? each.old).find((each) => each !== undefined);
  const properties: PropertyMap = { ...about?.outputs, ...about?.inputs };
  return { urn, account: textOf(properties["account"]), name: textOf(properties["name"]) ?? keyOf(urn) };
}

function endpointsIn({ endpoints }: PlanInputs): PlannedEndpoint[] {
  const rows = [...endpoints].map(([account, endpoint]) => ({
    ...(account === undefined ? {} : { account }),
    endpoint,
  }));
  return rows.toSorted((a, b) => (a.account ?? "").localeCompare(b.account ?? "", "en"));
}

function planned(step: Steps, about: PlanInputs): PlannedConnector[] {
  const unseen = about.notChecked && holdsCredentials(step);
  const forecast = forecastOf(step, about) ?? (unseen ? unchanged(step) : undefined);
  if (!forecast) return [];
  const { effects, ...rest } = forecast;
  return [
    {
      key: keyOf(step.urn),
      urn: step.urn,
      ...accountIn(step),
      ...rest,
      effects: step.gone ? ["gone", ...effects] : effects,
      ...(unseen ? { notChecked: true } : {}),
    },
  ];
}

function forecastOf({ metadata }: Steps, about: PlanInputs): ConnectorForecast | undefined {
  const find = (...ops: string[]) => metadata.find(({ op }) => ops.includes(op));
  const replacement = find("create-replacement", "replace");
  const old = (replacement ?? find("delete", "delete-replaced", "update"))?.old;
  if (replacement?.new && old) {
    const made = forecastOfCreate(
      replacement.new.inputs,
      about.existing(replacement.new.inputs),
      about.onExisting(replacement.new.inputs),
    );
    const left = forecastOfDelete(old.outputs);
    return {
      ...made,
      effects: ["replace"],
      fields: forecastOfUpdate(old.outputs, replacement.new.inputs).fields,
      ...(left.leftBehind === undefined ? {} : { leftBehind: left.leftBehind }),
    };
  }
  const creation = metadata.find(isCreation);
  if (creation?.new) {
    const { inputs } = creation.new;
    const made = forecastOfCreate(inputs, about.existing(inputs), about.onExisting(inputs));
    return creation.op === "create" ? made : { ...made, effects: ["resume", ...made.effects] };
  }
  const update = find("update");
  if (update?.new && old) return forecastOfUpdate(old.outputs, update.new.inputs);
  const removal = find("delete");
  if (removal && old) return forecastOfDelete(old.outputs);
  return undefined;
}

/** A connector without a known change. */
function unchanged({ metadata }: Steps): ConnectorForecast | undefined {
  const same = metadata.find(({ op }) => op === "same")?.new;
  if (!same) return undefined;
  const status = textOf(same.outputs["status"]) ?? "UNKNOWN";
  return { name: textOf(same.inputs["name"]) ?? "", effects: [], fields: [], status, becomes: status, restarts: 0 };
}

function holdsCredentials({ metadata }: Steps): boolean {
  return metadata.some(({ new: after }) => after !== undefined && blockOf(after.inputs) !== undefined);
}

function accountIn(step: Steps): { account?: string } {
  const { account } = idOf(step);
  return account === undefined ? {} : { account };
}

function declared(step: Steps, { checked }: PlanInputs): DeclaredConnector[] {
  const { urn, metadata } = step;
  const wanted = metadata.findLast(({ op, new: after }) => after !== undefined && op !== "delete" && op !== "read");
  if (!wanted?.new) return [];
  const key = keyOf(urn);
  const name = String(wanted.new.inputs["name"] ?? key);
  const credentials = checked.of(idOf(step));
  // What the engine leaves as it is, because it isn't selected, it doesn't have checked.
  const isUnknown = !credentials && wanted.op !== "same" && blockOf(wanted.new.inputs) !== undefined;
  return [
    {
      key,
      name,
      ...accountIn(step),
      protect: wanted.new.protect === true,
      literalCredentials: credentials?.literals ?? [],
      ...(isUnknown ? { unknownCredentials: true } : {}),
    },
  ];
}

/** A refresh that found nothing (the engine then shows no new state, or one without outputs). */
export function isGone({ new: after }: StepEventMetadata): boolean {
  // The engine writes null where there is none (observed).
  return Object.keys(after?.outputs ?? {}).length === 0;
}

/**
 * Digest of the resources, without their timestamps and encrypted secrets: every write encrypts them anew. A changed credential
 * shows in its fingerprint.
 */
function versionOf({ deployment }: State): string {
  const text = JSON.stringify(deployment.resources ?? [], (key, value: unknown) => {
    if (key === "modified" || key === "created") return undefined;
    return isSecret(value) ? "secret" : value;
  });
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function sorted<T extends { readonly key: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.key.localeCompare(b.key, "en"));
}

/** Whether the refresh found anything that state does not contain yet. */
export function isStale(events: readonly EngineEvent[]): boolean {
  return events.some(({ resOutputsEvent: after }) => {
    const { op, urn, old, new: now } = after?.metadata ?? {};
    if (op !== "refresh" || urn === undefined || !isConnector(urn)) return false;
    return !isDeepStrictEqual(old?.outputs ?? {}, now?.outputs ?? {});
  });
}

/** Inputs of the connectors that a run will create. */
export function creationsIn(events: readonly EngineEvent[]): PropertyMap[] {
  return events.flatMap(({ resourcePreEvent: before }) => {
    const { op, urn, new: after } = before?.metadata ?? {};
    const isNew = before && (isCreation(before.metadata) || op === "create-replacement");
    return after && urn !== undefined && isConnector(urn) && isNew ? [after.inputs] : [];
  });
}

/** The update of one whose create is unproven creates it, or treats what has its name as a create does. */
function isCreation({ op, old }: StepEventMetadata): boolean {
  return op === "create" || (op === "update" && old !== undefined && isUnprovenCreate(old.outputs));
}
