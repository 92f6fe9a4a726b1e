import { fixedBearer } from "../../provider/api/token/bearer.js";
import { ConnectorsClient, type ClientSettings } from "../../provider/api/client.js";

/** @param from where the client is from; default: the sources */
export function clientOf(
  at: { readonly endpoint: string; readonly token?: string },
  more: Partial<ClientSettings> = {},
  from = { ConnectorsClient, fixedBearer },
) {
  return new from.ConnectorsClient({
    endpoint: at.endpoint,
    bearer: from.fixedBearer(at.token ?? "any-token"),
    edition: "flat",
    attemptTimeoutMs: 5_000,
    maxConcurrency: 8,
    userAgent: "pulumi-dataspace/test",
    random: () => 0,
    ...more,
  });
}
