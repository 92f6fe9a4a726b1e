/** What an operator's command says beside errors: sentences without a next step. */

const most = 10;

/** `a, b and c`; of many the first ten. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, most);
  const hidden = names.length - shown.length;
  if (hidden > 0) return `${shown.join(", ")} and ${hidden} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function connectors(names: readonly string[]): string {
  const [first] = names;
  return names.length === 1 ? `Connector "${first}" is` : `${names.length} connectors are`;
}

function which(names: readonly string[]): string {
  return names.length === 1 ? "" : `: ${listed(names)}`;
}

export function alreadyThere(names: readonly string[], status: string): string {
  return `${connectors(names)} ${status} already, and nothing is sent${which(names)}.`;
}

/** A restart is of what runs. */
export function staysStopped(names: readonly string[], status: string): string {
  if (names.length > 1) return `${connectors(names)} ${status}, and a restart leaves them so${which(names)}.`;
  return `${connectors(names)} ${status}, and a restart leaves it so; pulumi-dataspace start ${names.join("")} starts it.`;
}

export function notFailed(names: readonly string[]): string {
  return `${connectors(names)} not FAILED, and left alone (--failed)${which(names)}.`;
}

/** What the next `up` of a stack makes of a connector that is left as the stack doesn't declare it. */
export function undoneByUp(name: string, managed: { key: string; desiredStatus: string }, becomes: string): string {
  const does = managed.desiredStatus === "STOPPED" ? "stops" : "starts";
  return `Connector "${name}" is declared ${managed.desiredStatus} in the stack (as ${managed.key}): it will be ${becomes}, and the next pulumi-dataspace up (or pulumi up --refresh) ${does} it again.`;
}

/** Why the waves ended early. */
export function wavesStopped(unhealthy: number, left: readonly string[]): string {
  return `The waves ended, because ${unhealthy} ${unhealthy === 1 ? "connector is" : "connectors are"} unhealthy (--max-unhealthy); not touched: ${listed(left)}.`;
}

export function wavesInterrupted(left: readonly string[]): string {
  return `Interrupted; not touched: ${listed(left)}.`;
}

export function wave(number: number, of: number, names: readonly string[]): string {
  return `Wave ${number} of ${of}: ${listed(names)}`;
}

export function notAwaited(names: readonly string[], status: string): string {
  const [first] = names;
  const command = `pulumi-dataspace wait ${names.length === 1 ? first : "NAME"} --for ${status}`;
  return `Asked, and not waited for (--no-wait); ${command} waits.`;
}
