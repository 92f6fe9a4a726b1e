import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { Manifest } from "./manifest.js";

/**
 * The program that declares a manifest's connectors: the same resources, by name and type, as one written by hand, so that
 * moving between the two changes nothing.
 *
 * @param renamed URNs in state of connectors whose key has changed, by their new key
 */
export function manifestProgram(
  { connectors }: Pick<Manifest, "connectors">,
  renamed: ReadonlyMap<string, string> = new Map(),
): PulumiFn {
  return async () => {
    const { Connector } = await import("../../../sdk/connector.js");
    for (const { key, args, protect } of connectors) {
      const urn = renamed.get(key);
      const aliases = urn === undefined ? {} : { aliases: [urn] };
      new Connector(key, { name: key, ...args }, { protect, ...aliases });
    }
  };
}
