import type { ServiceOptions } from "../service/service.js";
import { openSource } from "../source/source.js";
import type { StackOptions } from "../stack/stack-options.js";
import { connectorsIn } from "../stack/state.js";
import { Workspace } from "../stack/workspace.js";
import type { ManagedBy } from "./power-plan.js";

/** What an operator's command takes from a stack. */
export interface OfStack extends Pick<ServiceOptions, "config" | "endpoint"> {
  readonly stack: string;
  readonly managed: ManagedBy;
  /** The manifest's own policy. */
  readonly policy?: string;
}

/**
 * Reads how a stack declares the connectors of an account, where its service is, and its policy. Changes nothing.
 *
 * @throws ConnectorError `STACK_UNUSABLE`, `MANIFEST_INVALID`
 */
export async function ofStack(options: StackOptions, account?: string): Promise<OfStack> {
  const { manifest, ...source } = await openSource(options.source);
  const workspace = await Workspace.open(source, options, () => undefined, false);
  try {
    const [state, config] = await Promise.all([workspace.stateAsOpened(), workspace.config()]);
    const held = connectorsIn(state).filter((connector) => connector.account === account);
    return {
      stack: options.stack,
      managed: (name) => held.find((connector) => connector.name === name),
      config,
      endpoint: manifest?.endpoint,
      ...(manifest?.policy === undefined ? {} : { policy: manifest.policy }),
    };
  } finally {
    await workspace.close();
  }
}
