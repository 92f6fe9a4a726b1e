import { connectorType as type } from "../model/connector-type.js";

const separator = "::";

/** A resource's URN, less what follows from the rest: `test::shop::::` for `urn:pulumi:test::shop::<type>::acme` of connector `acme`. */
export function shortUrn(urn: string | undefined, connector: string): string | undefined {
  if (urn === undefined) return undefined;
  const [stack = "", project = "", types = "", ...rest] = urn.split(separator);
  const name = rest.join(separator);
  if (!stack.startsWith("urn:pulumi:") || !types.endsWith(type) || rest.length === 0) return urn;
  const parents = types.slice(0, -type.length);
  return [stack.slice("urn:pulumi:".length), project, parents, name === connector ? "" : name].join(separator);
}

/** The whole URN again. */
export function longUrn(short: string | undefined, connector: string): string | undefined {
  if (short === undefined || short.startsWith("urn:")) return short;
  const [stack = "", project = "", parents = "", ...rest] = short.split(separator);
  return [`urn:pulumi:${stack}`, project, parents + type, rest.join(separator) || connector].join(separator);
}
