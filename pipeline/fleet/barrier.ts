/** One decision for several members: made once every member has arrived or withdrawn, and the same for all. */
export class Barrier<In, Out> {
  readonly #waiting = new Set<object>();
  readonly #given: In[] = [];
  readonly #decision = Promise.withResolvers<Out>();

  /** @param members one object for each member that is expected */
  constructor(
    members: Iterable<object>,
    private readonly decide: (all: readonly In[]) => Promise<Out>,
  ) {
    for (const member of members) this.#waiting.add(member);
    // All members may be gone by the time it fails.
    this.#decision.promise.catch(() => undefined);
  }

  arrive(member: object, value: In): Promise<Out> {
    this.#given.push(value);
    this.withdraw(member);
    return this.#decision.promise;
  }

  withdraw(member: object): void {
    if (!this.#waiting.delete(member) || this.#waiting.size > 0 || this.#given.length === 0) return;
    this.decide(this.#given).then(this.#decision.resolve, this.#decision.reject);
  }
}
