import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HostileServer {
  readonly endpoint: string;
  /** `"GET /x/connectors"`, in order. */
  readonly requests: string[];
  readonly headers: IncomingMessage["headers"][];
  close(): Promise<void>;
}

/** A server that answers every request as the test says. */
export async function hostileServer(
  answer: (response: ServerResponse, request: IncomingMessage, count: number) => void,
): Promise<HostileServer> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    request.resume();
    answer(response, request, requests.length);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
