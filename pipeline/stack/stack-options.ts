import type { Semaphore } from "../../provider/api/limits.js";
import type { KeyFilter } from "../source/glob.js";
import type { Manifest } from "../source/manifest/manifest.js";
import type { Shard } from "../source/shard.js";
import type { Source } from "../source/source.js";

/** Options of every command on a stack. */
export interface StackOptions extends KeyFilter {
  readonly source: Source;
  /** Name of the stack. */
  readonly stack: string;
  /**
   * How long to wait for a stack that another run has locked, in milliseconds.
   *
   * @default 0
   */
  readonly waitForLockMs?: number;
  /**
   * Secrets provider of a stack that this run creates, e.g. `awskms://alias/pulumi`.
   *
   * @default Pulumi's (a passphrase, for files and buckets)
   */
  readonly secretsProvider?: string;
  /**
   * Number of resources that are changed at the same time.
   *
   * @default depends on the number of connectors
   */
  readonly parallel?: number;
  /** Additional environment variables for the engine and the provider. */
  readonly env?: Readonly<Record<string, string>>;
  /** Interrupts the run as Ctrl-C does: waits end at once, and what has begun is kept. */
  readonly signal?: AbortSignal;
  /** The part of a manifest's fleet that this stack holds. Default: all of it. */
  readonly shard?: Shard;
  /** The source's manifest, where it has been read already: a fleet reads it once for all of its stacks. */
  readonly manifest?: Manifest;
  /** Stacks that hold the other parts. */
  readonly siblings?: readonly string[];
  /** Limits how many engines run at the same time. */
  readonly engines?: Semaphore;
}
