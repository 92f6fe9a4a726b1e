import { systemClock, type Clock } from "../../time/clock.js";

/** The token that goes with every request. */
export interface Bearer {
  /** The token to send now. */
  current(): Promise<string>;
  /** The service has refused this token. Resolves to whether another one is there now; asks its source once a token at most. */
  refused(token: string): Promise<boolean>;
  close(): Promise<void>;
}

/** A token, and until when it may be used. */
export interface Token {
  readonly token: string;
  /** Clock time from which another one is asked for; `undefined`: as long as the service takes it. */
  readonly renewAt?: number;
}

/** Where tokens come from. */
export interface TokenSource {
  read(): Promise<Token>;
  close?(): Promise<void>;
}

/** A token that is what it is. */
export function fixedBearer(token: string): Bearer {
  return {
    current: () => Promise.resolve(token),
    refused: () => Promise.resolve(false),
    close: () => Promise.resolve(),
  };
}

/** A token that can be had anew: asked for when first needed, before it ends, and once for each one that is refused. */
export class RenewedBearer implements Bearer {
  #held: Token | undefined;
  #asking: Promise<Token> | undefined;
  readonly #refused = new Map<string, Promise<boolean>>();

  constructor(
    private readonly source: TokenSource,
    private readonly clock: Clock = systemClock,
  ) {}

  async current(): Promise<string> {
    const held = this.#held;
    if (held && this.clock.now() < (held.renewAt ?? Infinity)) return held.token;
    return (await this.#renewed()).token;
  }

  refused(token: string): Promise<boolean> {
    const known = this.#refused.get(token);
    if (known) return known;
    const other = this.#held && this.#held.token !== token;
    const asking = other ? Promise.resolve(true) : this.#renewed().then((renewed) => renewed.token !== token);
    this.#refused.set(token, asking);
    return asking;
  }

  async close(): Promise<void> {
    await this.source.close?.();
  }

  /** Whoever comes while a token is asked for takes that one. */
  #renewed(): Promise<Token> {
    return (this.#asking ??= this.source
      .read()
      .then((token) => (this.#held = token))
      .finally(() => {
        this.#asking = undefined;
      }));
  }
}
