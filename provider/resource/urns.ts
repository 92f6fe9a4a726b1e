/** One entry of a connector, be it in state or to be made: told from others of the same connector by its salt. */
export interface ConnectorEntry {
  readonly urn: string | undefined;
  readonly salt: string;
  /** State holds it: from the start, or since its create in this process. */
  readonly inState: boolean;
}

/** What this process knows of its connectors from state and program: the engine tells it to one call, and another needs it. */
export class Urns {
  readonly #urns = new Map<string, string>();
  readonly #declared = new Map<string, ConnectorEntry>();
  readonly #held = new Map<string, ConnectorEntry>();

  /** Notes that the resource declares the connector; gives the URN of another resource that declares it, too. */
  claim(connector: string, urn: string): string | undefined {
    const known = this.#urns.get(connector);
    if (known !== undefined && known !== urn) return known;
    this.#urns.set(connector, urn);
    return undefined;
  }

  /** The program declares the connector by this entry. */
  declare(connector: string, entry: ConnectorEntry): void {
    this.#declared.set(connector, entry);
  }

  /** State holds the connector by this entry, whatever the program now makes of it. */
  hold(connector: string, entry: ConnectorEntry): void {
    this.#held.set(connector, entry);
  }

  created(connector: string, salt: unknown): void {
    const entry = this.#declared.get(connector);
    if (entry?.salt === salt && entry) this.#declared.set(connector, { ...entry, inState: true });
  }

  /** The entry that goes on with a connector when the one with this salt is deleted, if there is one. */
  successor(connector: string, salt: unknown): ConnectorEntry | undefined {
    return [this.#declared, this.#held]
      .map((entries) => entries.get(connector))
      .find((entry) => entry && entry.salt !== salt);
  }
}
