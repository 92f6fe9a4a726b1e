/** A connector within this process, whichever resource declares it. */
export function keyOf(account: string | undefined, name: string): string {
  return `${account ?? ""}/${name}`;
}

/** Which resource declares which connector: the engine tells it to check alone, and later calls need it for their lines. */
export class Urns {
  readonly #urns = new Map<string, string>();

  /** Notes that the resource declares the connector; gives the URN of another resource that declares it, too. */
  claim(connector: string, urn: string): string | undefined {
    const known = this.#urns.get(connector);
    if (known !== undefined && known !== urn) return known;
    this.#urns.set(connector, urn);
    return undefined;
  }

  of(connector: string): string | undefined {
    return this.#urns.get(connector);
  }
}
