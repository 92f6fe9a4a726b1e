/** The type of every connector that the dynamic provider serves, as URNs name it. */
export const connectorType = "pulumi-nodejs:dynamic/dataspace:Connector";

/** The resource's name: the last part of its URN, which may itself hold `::`. */
export function keyOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
