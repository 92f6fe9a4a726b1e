import type { ObservedConnector } from "../../provider/model/observed-connector.js";
import type { Moment } from "../run/report.js";
import { Run } from "../run/run.js";
import { withService, type ServiceOptions } from "../service/service.js";
import { follow } from "./follow.js";
import { notFound, requireName } from "./matching.js";
import { StatusLog } from "./status-log.js";

/** What the service says of one connector. Leaves out fields named like credentials. */
export interface ConnectorStatus extends Omit<ObservedConnector, "kind"> {
  readonly name: string;
}

/** @throws ConnectorError `NOT_FOUND`, or why the service can't be reached */
export function status(name: string, options: ServiceOptions = {}): Promise<ConnectorStatus> {
  return withService(options, { verb: "read", name }, async (service) => {
    requireName(name);
    const { account, signal } = service;
    const observed = (await account.client.get(name, { signal })) ?? (await account.feed.exists(name, { signal }));
    if (!observed) throw await notFound(service, "read", name);
    const { kind: _, ...said } = observed;
    return { name, ...said };
  });
}

/**
 * Follows a connector's status until the signal aborts, also while it is absent. Emits an event for every change, and every
 * five seconds without one. Resolves to the changes.
 *
 * @throws ConnectorError when the service can't be reached at first, or refuses
 */
export function watch(name: string, options: ServiceOptions = {}): Run<readonly Moment[]> {
  return new Run((emit) =>
    withService(options, { verb: "watch", name }, async ({ account, signal }) => {
      requireName(name);
      const startedAtMs = account.clock.now();
      const log = new StatusLog(emit, name);
      const onTrouble = ({ message }: Error) => emit({ type: "warning", key: name, text: `${message}; trying again` });
      for await (const observed of follow(account, name, signal, onTrouble))
        log.add(observed?.status, account.clock.now() - startedAtMs);
      return log.moments;
    }),
  );
}
