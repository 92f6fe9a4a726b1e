import { noSuchConnector } from "./messages.js";
import type { Moment } from "../run/report.js";
import { Run } from "../run/run.js";
import { meantBy, requireName, told } from "./matching.js";
import { withService, type ServiceOptions } from "../service/service.js";
import { observe } from "./observe.js";
import { SightLog } from "./status-log.js";

/** All that the service says of one connector, less what is named like a credential. */
export interface ConnectorStatus {
  readonly name: string;
  /** The service's own word. */
  readonly status: string;
  readonly bpn?: string;
  readonly storageType?: string;
  /** Storage fields that it echoes. */
  readonly storage: Readonly<Record<string, string>>;
  /** Everything else. */
  readonly details: Readonly<Record<string, unknown>>;
}

/** @throws ConnectorError `NOT_FOUND`, or when the service can't be asked. */
export function status(name: string, options: ServiceOptions = {}): Promise<ConnectorStatus> {
  return withService(options, async (service) => {
    requireName(name);
    const { account, signal } = service;
    const seen = await told(service, "read", name, async () => {
      const alone = await account.client.get(name, { signal });
      return alone ?? account.feed.exists(name, { signal });
    });
    if (!seen) throw noSuchConnector("read", name, await meantBy(service, name));
    const { status: word, bpn, storageType, storage, details } = seen;
    return {
      name,
      status: word,
      ...(bpn === undefined ? {} : { bpn }),
      ...(storageType === undefined ? {} : { storageType }),
      storage,
      details,
    };
  });
}

/**
 * Follows a connector's status until the signal aborts, through its absence too. An event for every change, and every five
 * seconds without one; the result is the changes.
 *
 * @throws ConnectorError when the service can't be asked at first, or refuses.
 */
export function watch(name: string, options: ServiceOptions = {}): Run<readonly Moment[]> {
  return new Run((emit) =>
    withService(options, async (service) => {
      requireName(name);
      const { account, signal } = service;
      const beganAt = account.clock.now();
      const log = new SightLog(emit, name);
      const onTrouble = ({ message }: Error) => emit({ type: "warning", key: name, text: `${message}; trying again` });
      await told(service, "watch", name, async () => {
        for await (const seen of observe(account, name, signal, onTrouble))
          log.saw(seen?.status, account.clock.now() - beganAt);
      });
      return log.moments;
    }),
  );
}
