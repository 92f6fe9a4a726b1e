/**
 * One decision for several who need it: it is made once all have come, or have left without needing it. What is decided is
 * the same for everybody.
 */
export class Barrier<In, Out> {
  readonly #waiting = new Set<object>();
  readonly #given: In[] = [];
  readonly #decision = Promise.withResolvers<Out>();

  /** @param members who is expected, each by an object of its own */
  constructor(
    members: Iterable<object>,
    private readonly decide: (all: readonly In[]) => Promise<Out>,
  ) {
    for (const member of members) this.#waiting.add(member);
    // Nobody may be there any more to hear of a failure.
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
