/** A connector within this process, whichever resource declares it. */
export function keyOf(account: string | undefined, name: string): string {
  return `${account ?? ""}/${name}`;
}

/** What this process knows of its connectors: the engine tells it to one call, and another needs it. */
export class Urns {
  readonly #urns = new Map<string, string>();
  readonly #managed = new Set<string>();
  readonly #created = new Set<string>();

  /** Notes that the resource declares the connector; gives the URN of another resource that declares it, too. */
  claim(connector: string, urn: string): string | undefined {
    const known = this.#urns.get(connector);
    if (known !== undefined && known !== urn) return known;
    this.#urns.set(connector, urn);
    return undefined;
  }

  /** State holds this connector: a create of it in this process is a replacement of the connector by itself. */
  noteManaged(connector: string): void {
    this.#managed.add(connector);
  }

  isManaged(connector: string): boolean {
    return this.#managed.has(connector);
  }

  /** A create has brought this connector up: what is deleted under its name afterwards is only the entry that it replaced. */
  noteCreated(connector: string): void {
    this.#created.add(connector);
  }

  isCreated(connector: string): boolean {
    return this.#created.has(connector);
  }

  of(connector: string): string | undefined {
    return this.#urns.get(connector);
  }
}
