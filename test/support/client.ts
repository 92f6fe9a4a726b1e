import { fixedBearer } from "../../provider/api/token/bearer.js";
import { ConnectorsClient, type ClientSettings } from "../../provider/api/client.js";

export function clientOf(
  at: { readonly endpoint: string; readonly token?: string },
  more: Partial<ClientSettings> = {},
) {
  return new ConnectorsClient({
    endpoint: at.endpoint,
    bearer: fixedBearer(at.token ?? "any-token"),
    edition: "flat",
    attemptTimeoutMs: 5_000,
    maxConcurrency: 8,
    userAgent: "pulumi-dataspace/test",
    random: () => 0,
    ...more,
  });
}
