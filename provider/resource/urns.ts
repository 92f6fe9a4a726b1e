/** What this process knows of its connectors: the engine tells it to one call, and another needs it. */
export class Urns {
  readonly #urns = new Map<string, string>();
  readonly #entries = new Map<string, string>();
  readonly #created = new Set<string>();

  /** Notes that the resource declares the connector; gives the URN of another resource that declares it, too. */
  claim(connector: string, urn: string): string | undefined {
    const known = this.#urns.get(connector);
    if (known !== undefined && known !== urn) return known;
    this.#urns.set(connector, urn);
    return undefined;
  }

  /** State holds an entry of this connector, told from others by its salt. */
  noteEntry(connector: string, salt: string): void {
    this.#entries.set(connector, salt);
  }

  noteCreated(connector: string): void {
    this.#created.add(connector);
  }

  /**
   * Whether what is deleted under this connector's name is only an entry that another has replaced: the other was created in
   * this process, or (in the run after an interrupted one) is the one that the program goes on with.
   */
  isReplaced(connector: string, salt: unknown): boolean {
    const current = this.#entries.get(connector);
    return this.#created.has(connector) || (current !== undefined && current !== salt);
  }
}
