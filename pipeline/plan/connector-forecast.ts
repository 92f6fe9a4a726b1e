import {
  assumes,
  desiredOf,
  isUnprovenCreate,
  onDeleteOf,
  plainPayloadOf,
  pushOf,
} from "../../provider/resource/goals.js";
import { textOf, valueAt, type PropertyMap } from "../../provider/model/property-map.js";
import { forecast, needsRead, type Forecast } from "../../provider/lifecycle/forecast.js";
import type { Goal, OnExisting } from "../../provider/lifecycle/situation.js";
import { changesBetween } from "../../provider/model/changes.js";
import type { ObservedConnector, StoragePayload } from "../../provider/model/observed-connector.js";
import { statusKind } from "../../provider/model/status.js";
import { blockOf, storageKinds } from "../../provider/model/storage.js";
import { containsUnknown, withoutUnknown } from "../../provider/model/unknown.js";
import type { Effect, PlannedConnector, PlannedField } from "../run/plan.js";

/** What will happen to one connector, without its identity. */
export type ConnectorForecast = Omit<PlannedConnector, "key" | "urn">;

function goalOfCreate(inputs: PropertyMap, onExisting: OnExisting): Goal {
  const assume = assumes(inputs);
  return { verb: "create", desired: desiredOf(inputs), payload: echoOf(inputs), onExisting, assume };
}

/** Whether a list's entry says too little for {@link forecastOfCreate}. */
export function needsReadAlone(inputs: PropertyMap, listed: ObservedConnector, onExisting: OnExisting): boolean {
  return needsRead(goalOfCreate(inputs, onExisting), listed);
}

/** @param existing what the service has under its name already, read alone where {@link needsReadAlone} */
export function forecastOfCreate(
  inputs: PropertyMap,
  existing: ObservedConnector | undefined,
  onExisting: OnExisting = "adoptStopped",
): ConnectorForecast {
  const assume = assumes(inputs);
  const ahead = forecast(goalOfCreate(inputs, onExisting), existing);
  const effects: Effect[] = existing || assume ? ["adopt", ...effectsOf(ahead, existing)] : ["create"];
  return {
    name: nameOf(inputs),
    effects,
    fields: [],
    ...statusOf(existing),
    becomes: ahead.refused ? (existing?.status ?? "absent") : ahead.ends,
    restarts: ahead.restarts,
    ...(ahead.refused ? { refused: assume ? notAsAssumed(existing) : nameIsTaken(existing) } : {}),
  };
}

/** @param olds outputs in state, as the refresh left them; @param news inputs as checked */
export function forecastOfUpdate(olds: PropertyMap, news: PropertyMap): ConnectorForecast {
  const changes = changesBetween(olds, news);
  const seen = observedIn(olds);
  const { push, awaitRestart, unproven } = pushOf(olds, news);
  const goal: Goal = { verb: "update", desired: desiredOf(news), payload: echoOf(news), push, awaitRestart };
  const ahead = forecast(goal, seen);
  return {
    name: nameOf(news),
    effects: [...(unproven === undefined ? [] : (["resume"] as const)), ...effectsOf(ahead, seen)],
    fields: changes.map(({ path, credential }) => fieldOf(path, credential, olds, news)),
    ...statusOf(seen),
    becomes: ahead.ends,
    restarts: ahead.restarts,
  };
}

/** @param olds outputs in state, as the refresh left them */
export function forecastOfDelete(olds: PropertyMap): ConnectorForecast {
  if (isUnprovenCreate(olds)) {
    const leftBehind = "any connector with that name: ours was requested, but never seen";
    return { name: nameOf(olds), effects: ["destroy"], fields: [], becomes: "UNKNOWN", restarts: 0, leftBehind };
  }
  const onDelete = onDeleteOf(olds);
  const seen = observedIn(olds);
  const ahead = forecast({ verb: "delete", onDelete }, seen);
  const becomes = onDelete === "retain" ? (seen?.status ?? "absent") : ahead.ends;
  const holds = onDelete !== "scrub" && blockOf(olds) !== undefined;
  return {
    name: nameOf(olds),
    effects: ["destroy"],
    fields: [],
    ...statusOf(seen),
    becomes,
    restarts: 0,
    ...(becomes === "absent" ? {} : { leftBehind: holds ? `${becomes}, still holding its credentials` : becomes }),
  };
}

function effectsOf({ steps, restarts }: Forecast, seen: ObservedConnector | undefined): Effect[] {
  const recovers = seen?.kind === "failed" && steps.includes("start");
  return [
    ...(steps.includes("edit") ? (["edit"] as const) : []),
    ...(restarts > 0 ? (["restart"] as const) : []),
    ...(recovers ? (["recover"] as const) : []),
    ...(steps.includes("start") && !recovers && restarts === 0 ? (["start"] as const) : []),
    ...(steps.includes("stop") && !recovers && restarts === 0 ? (["stop"] as const) : []),
  ];
}

function nameOf(bag: PropertyMap): string {
  return textOf(bag["name"]) ?? "";
}

function statusOf(seen: ObservedConnector | undefined): { status?: string } {
  return seen ? { status: seen.status } : {};
}

/** The service's last answer, as state has it. */
function observedIn(olds: PropertyMap): ObservedConnector | undefined {
  const status = textOf(olds["status"]) ?? "UNKNOWN";
  const payload = echoOf(olds);
  return {
    status,
    kind: statusKind(status),
    ...(payload ? { storageType: storageKinds[payload.block].type } : {}),
    storage: payload?.fields ?? {},
    details: {},
  };
}

/** The plain fields of a storage, as far as they are known: the ones that a service echoes. */
function echoOf(bag: PropertyMap): StoragePayload | undefined {
  return plainPayloadOf(withoutUnknown(bag));
}

function fieldOf(path: string, credential: boolean, olds: PropertyMap, news: PropertyMap): PlannedField {
  if (credential) {
    const field = path.split(".").at(-1) ?? path;
    const marks = news["credentialFingerprints"] as PropertyMap | undefined;
    return { path, credential, ...(containsUnknown(marks?.[field]) ? { unknown: true } : {}) };
  }
  const [from, to] = [valueAt(olds, path), valueAt(news, path)];
  if (containsUnknown(to)) return { path, credential, from, unknown: true };
  return { path, credential, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function notAsAssumed(existing: ObservedConnector | undefined): string {
  return existing
    ? `adoptCredentials is assume, and the existing connector (${existing.status}) has different storage`
    : "adoptCredentials is assume, and the service has no connector with that name";
}

function nameIsTaken(existing: ObservedConnector | undefined): string {
  return `the name is taken at the service (${existing?.status ?? "unknown"}); DATASPACE_ON_EXISTING=adopt takes it over`;
}
