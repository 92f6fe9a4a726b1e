import * as pulumi from "@pulumi/pulumi";
import type { ConnectorArgs } from "../generated/args.js";
import { outputNames, type ConnectorOutputProperties } from "../generated/outputs.js";
import { credentialFields } from "../generated/storage.js";
import { connectorType as type } from "../provider/model/connector-type.js";
import { remembered } from "./declared-values.js";
import { shimForProgram } from "./shim-for.js";

/** Where an existing connector is to be found. */
export interface ConnectorState {
  /** The account that holds it; default: the one of DATASPACE_ENDPOINT and DATASPACE_TOKEN. */
  readonly account?: string;
}

/** The outputs that the service gives. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- each of these outputs is passed to the constructor
export interface Connector extends ConnectorOutputProperties {}

/**
 * A hosted dataspace connector: created, configured and started, so that after `pulumi up` it is RUNNING (or STOPPED, where
 * that is declared) with the storage and the credentials given here.
 *
 * Credentials are secrets whatever they are given as, and never rest in state, not even encrypted: state keeps a short
 * fingerprint of each, so that a preview can name a changed field.
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- as above
export class Connector extends pulumi.CustomResource {
  /** Its name at the service. */
  declare readonly name: pulumi.Output<string>;
  /** What it is declared to be. */
  declare readonly desiredStatus: pulumi.Output<"RUNNING" | "STOPPED">;

  /**
   * @param name the resource's name in the program; also the connector's, unless `args.name` says otherwise
   * @throws pulumi.RunError with `opts.import`: dynamic resources can't be imported; `onExisting: "adopt"` takes over an existing connector
   */
  constructor(name: string, args: ConnectorArgs = {}, opts: pulumi.CustomResourceOptions = {}) {
    if (opts.import !== undefined) {
      throw new pulumi.RunError(
        `Could not import connector "${name}": Pulumi can't import dynamic resources.\n` +
          'Next: Take the import option out and set onExisting: "adopt", which takes over the existing connector with the configuration declared here.',
      );
    }
    const props =
      opts.id === undefined ? declared(name, args, opts) : { ...outputs, ...args, __provider: shimForProgram() };
    super(type, name, props, opts);
    withDefaults(this, { ...defaults, name: opts.id ?? name });
  }

  /**
   * An existing connector, to be read and never changed.
   *
   * @param id the connector's name at the service; an absent one is an error
   */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state: ConnectorState = {},
    opts: pulumi.CustomResourceOptions = {},
  ): Connector {
    return new Connector(name, state, { ...opts, id });
  }

  /** Whether a value is a connector, also one of another copy of this package. */
  static override isInstance(value: unknown): value is Connector {
    return pulumi.CustomResource.isInstance(value) && "__pulumiType" in value && value.__pulumiType === type;
  }
}

/** Every output must be declared, also one whose input isn't given, or programs would see it as undefined. */
const outputs = Object.fromEntries(["name", "desiredStatus", ...outputNames].map((name) => [name, undefined]));

/** What our provider always gives, for mocks that hand back the inputs alone; the host is one that can't exist (RFC 2606). */
const defaults = { desiredStatus: "RUNNING", status: "RUNNING", endpoint: "https://dataspace.invalid" };

/** Made when first read: an output that nobody waits for would tell of a failure a second time. */
function withDefaults(connector: Connector, values: Readonly<Record<string, pulumi.Input<string>>>): void {
  for (const [name, value] of Object.entries(values)) {
    const given = connector[name as "status"];
    let output: pulumi.Output<string> | undefined;
    const get = () => (output ??= given.apply((known?: string) => pulumi.output(known ?? value)));
    Object.defineProperty(connector, name, { get, enumerable: true, configurable: true });
  }
}

function declared(name: string, args: ConnectorArgs, opts: pulumi.CustomResourceOptions): pulumi.Inputs {
  const blocks = Object.fromEntries(
    Object.entries(credentialFields)
      .filter(([block]) => args[block as keyof ConnectorArgs] !== undefined)
      .map(([block, fields]) => [block, guarded(args[block as keyof ConnectorArgs], fields)]),
  );
  return {
    ...outputs,
    ...args,
    ...blocks,
    timeouts: withCustomTimeouts(args.timeouts, opts.customTimeouts),
    // Replaced by check with a random one; a secret from the start, so that the engine keeps it as one. What check must know
    // besides comes the same way: state lists the name of every input, for each resource.
    salt: pulumi.secret(urnOf(name, opts.parent)),
    __provider: shimForProgram(),
  };
}

/**
 * Without dependencies: Pulumi takes a dependency on a component for one on all of its children, so that two connectors in one
 * component would wait for each other forever.
 */
function urnOf(name: string, parent: pulumi.CustomResourceOptions["parent"]): Promise<string> {
  return new Promise((resolve) => void pulumi.createUrn(name, type, parent).apply(resolve));
}

/** The block with each credential marked as secret, also where the block is only known later. */
function guarded(block: unknown, fields: readonly string[]): pulumi.Input<unknown> {
  if (pulumi.Output.isInstance(block) || block instanceof Promise) {
    return pulumi.output(block).apply((known) => guarded(known, fields));
  }
  if (typeof block !== "object" || block === null) return block;
  return Object.fromEntries(
    Object.entries(block).map(([field, value]) => [
      field,
      fields.includes(field) && value !== undefined ? pulumi.secret(remembered(value)) : value,
    ]),
  );
}

/** The engine neither enforces `customTimeouts` nor passes them on (observed); what the program says of `timeouts` wins. */
function withCustomTimeouts(
  timeouts: ConnectorArgs["timeouts"],
  custom: pulumi.CustomTimeouts | undefined,
): ConnectorArgs["timeouts"] {
  if (!custom) return timeouts;
  const given = Object.fromEntries(Object.entries(custom).filter(([, limit]) => limit !== undefined));
  return pulumi.output(timeouts).apply((known) => ({ ...given, ...known }));
}
