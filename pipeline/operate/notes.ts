import { counted, listed } from "../run/messages.js";

/** What an operator's command says besides errors. */

export function alreadyThere(names: readonly string[], status: string): string {
  return `${connectors(names)} already ${status}; nothing to do${listedIfMany(names)}.`;
}

export function staysStopped(names: readonly string[], status: string): string {
  const skipped = `${connectors(names)} ${status}, and restart skips connectors that are not running${listedIfMany(names)}.`;
  return names.length > 1 ? skipped : `${skipped} To start it, run pulumi-dataspace start ${names.join("")}.`;
}

export function notFailed(names: readonly string[]): string {
  return `${connectors(names)} not FAILED, so --failed skips ${names.length === 1 ? "it" : "them"}${listedIfMany(names)}.`;
}

/** The next `up` of a stack brings a connector back to what the stack declares. */
export function undoneByUp(name: string, managed: { key: string; desiredStatus: string }, becomes: string): string {
  const does = managed.desiredStatus === "STOPPED" ? "stops" : "starts";
  return `Connector "${name}" is declared ${managed.desiredStatus} in the stack (as ${managed.key}): it will be ${becomes}, and the next pulumi-dataspace up (or pulumi up --refresh) ${does} it again.`;
}

export function wave(number: number, of: number, names: readonly string[]): string {
  return `Wave ${number} of ${of}: ${listed(names)}`;
}

export function wavesStopped(unhealthy: number, left: readonly string[]): string {
  return `Stopped early: ${counted(unhealthy, "connector is", "connectors are")} unhealthy (--max-unhealthy). Not changed: ${listed(left)}.`;
}

export function wavesInterrupted(left: readonly string[]): string {
  return `Interrupted. Not changed: ${listed(left)}.`;
}

export function notAwaited(names: readonly string[], status: string): string {
  const name = names.length === 1 ? names.join("") : "NAME";
  return `Request sent; not waiting for it (--no-wait). To wait: pulumi-dataspace wait ${name} --for ${status}`;
}

function connectors(names: readonly string[]): string {
  return names.length === 1 ? `Connector "${names.join("")}" is` : `${names.length} connectors are`;
}

function listedIfMany(names: readonly string[]): string {
  return names.length === 1 ? "" : `: ${listed(names)}`;
}
