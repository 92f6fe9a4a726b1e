import { Emulator } from "../../emulator/index.js";
import { Core } from "../../provider/core/core.js";
import type { Emit } from "../../pipeline/run/events.js";
import type { PowerVerb } from "../../pipeline/operate/messages.js";
import { execute, executeUnawaited, type Executed } from "../../pipeline/operate/execute.js";
import { s3 } from "./connectors.js";
import { VirtualClock } from "./virtual-clock.js";

export interface More {
  readonly timeoutMs?: number;
  readonly settleMs?: number;
  readonly signal?: AbortSignal;
  readonly unawaited?: boolean;
  readonly onEvent?: (event: Parameters<Emit>[0]) => unknown;
}

/** One connector, "acme", on which an operator's command is carried out in virtual time. */
export class PowerBench {
  readonly events: Parameters<Emit>[0][] = [];

  private constructor(
    readonly emulator: Emulator,
    private readonly core: Core,
  ) {}

  static async start(timing = { startMs: 40, stopMs: 40 }): Promise<PowerBench> {
    const clock = new VirtualClock();
    const emulator = await Emulator.start({ ...timing, now: clock.now });
    emulator.interfere("acme", { create: s3() });
    const pace = { clock, random: () => 0, feed: { firstTickMs: 5, maxTickMs: 10, shareMs: 0 } };
    const environment = {
      DATASPACE_ENDPOINT: emulator.endpoint,
      DATASPACE_TOKEN: emulator.token,
    };
    return new PowerBench(emulator, new Core(() => undefined, environment, undefined, pace));
  }

  async end(): Promise<void> {
    await this.core.close();
    await this.emulator.close();
  }

  readonly run = (
    verb: PowerVerb,
    { timeoutMs = 2_000, settleMs = 80, signal, unawaited = false, onEvent }: More = {},
  ): Promise<Executed> =>
    (unawaited ? executeUnawaited : execute)(
      verb,
      {
        key: "acme",
        urn: "",
        name: "acme",
        effects: [],
        fields: [],
        becomes: "RUNNING",
        restarts: verb === "restart" ? 1 : 0,
      },
      {
        account: this.core.account(undefined),
        signal: signal ?? new AbortController().signal,
        emit: (event) => {
          this.events.push(event);
          onEvent?.(event);
        },
        timeoutMs,
        limits: { settleMs, stuckMs: 200 },
      },
    );
}

/** The error's sentences, with every time as `T`. */
export function said({ outcome }: Executed): string | undefined {
  return outcome.error?.replace(/\d+m?s\b/g, "T");
}
