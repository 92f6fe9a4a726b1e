/** Notes on what went well but must be known. */

export function adopted(name: string): string {
  return `Connector "${name}" existed already; it was taken over, and its configuration replaced by the one declared here.`;
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
      return `Connector "${name}" is STOPPED, not deleted; its credentials were taken from the service.`;
    default:
      return `Connector "${name}" is STOPPED, not deleted${hadStorage ? ", still holding its credentials (onDelete: scrub takes them away)" : ""}.`;
  }
}
