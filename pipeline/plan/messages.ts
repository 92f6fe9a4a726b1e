import { ConnectorError } from "../../provider/errors/connector-error.js";
import { couldNot } from "../../provider/errors/messages/lifecycle.js";

export function worthSharding(count: number): string {
  return `This stack holds ${count} connectors, and every change takes longer the more there are. To spread them over several stacks: pulumi-dataspace reshard --to ${Math.ceil(count / 150)}.`;
}

/** @param why one clause */
export function willFail(name: string, why: string): ConnectorError {
  const next = "Decide whose connector it is, then run the command again; nothing was changed.";
  return new ConnectorError("ALREADY_EXISTS", { headline: couldNot("create", name, why), next }, name);
}

/** A program's resource that was renamed or moved: the engine sees a new one, and one to delete. */
export function nameIsHeld(name: string, oldKey: string, newKey: string): ConnectorError {
  const headline = couldNot("create", name, `resource ${newKey} declares it, and the stack has it as ${oldKey}`);
  const next = `If the resource was renamed or moved, add its old name or parent to its aliases option: aliases: [{ name: ${JSON.stringify(oldKey)} }]. Nothing was changed.`;
  return new ConnectorError("ALREADY_EXISTS", { headline, next }, name);
}

/** A manifest's connector whose new key belongs to another stack of the fleet. */
export function keyHasMoved(name: string, newKey: string, urn: string): ConnectorError {
  const why = `the manifest now declares it under the key ${newKey}, which belongs to another stack of the fleet`;
  const next = `Move it to that stack (pulumi state move --source … --dest … ${JSON.stringify(urn)}) or keep its old key. Nothing was changed.`;
  return new ConnectorError("DELETE_BLOCKED", { headline: couldNot("delete", name, why), next }, name);
}
