/** Notes on what went well but must be known. */

export function adopted(name: string): string {
  return `Connector "${name}" already existed; it was taken over, and its configuration was replaced by the one declared here.`;
}

/** With storage, what is unknown is said. */
export function assumed(name: string, hasStorage: boolean): string {
  return `Connector "${name}" was taken over as it is${hasStorage ? "; its credentials were not checked" : ""} (adoptCredentials: assume).`;
}

/** Credentials given for the first time for a connector that was taken over without them. */
export function assumedLater(name: string, fields: readonly string[]): string {
  return `Connector "${name}": ${fields.join(", ")} ${fields.length === 1 ? "is" : "are"} assumed to match what the service holds, and not sent (adoptCredentials: assume); a new credentialsVersion sends ${fields.length === 1 ? "it" : "them"}.`;
}

/** A delete with `scrub` that came no further: state can't be told of it, because the engine keeps it as it was. */
export function scrubbedAlready(name: string): string {
  return `Connector "${name}" no longer has its storage and credentials at the service (onDelete: scrub). To keep it, run pulumi up --refresh, which restores them.`;
}

/** The delete of a create of which nothing shows that it made anything. */
export function neverProven(name: string): string {
  return `Connector "${name}" was requested, but never seen, so nothing was changed at the service. If the service has a connector with that name, it stays as it is, even if it is yours.`;
}

/** What a delete leaves at the service. */
export function leftBehind(
  name: string,
  onDelete: "stop" | "scrub" | "delete" | "retain",
  hadStorage: boolean,
): string {
  switch (onDelete) {
    case "retain":
      return `Connector "${name}" was left as it is at the service (onDelete: retain).`;
    case "scrub":
      return `Connector "${name}" is STOPPED, not deleted; its credentials were removed from the service.`;
    default:
      return `Connector "${name}" is STOPPED, not deleted${hadStorage ? ", still holding its credentials (onDelete: scrub removes them)" : ""}.`;
  }
}
