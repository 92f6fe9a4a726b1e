import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";

export interface HostileServer {
  readonly endpoint: string;
  /** `"GET /x/connectors"`, in order. */
  readonly requests: string[];
  readonly headers: IncomingMessage["headers"][];
  /** How many connections were opened; with https, how many handshakes were made. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A server that answers every request as the test says. */
export async function hostileServer(
  answer: (response: ServerResponse, request: IncomingMessage, count: number) => void,
  scheme: "http" | "https" = "http",
): Promise<HostileServer> {
  const requests: string[] = [];
  const headers: IncomingMessage["headers"][] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(`${request.method} ${request.url}`);
    headers.push(request.headers);
    request.resume();
    answer(response, request, requests.length);
  };
  const server = scheme === "http" ? createServer(listener) : createTlsServer(certificate(), listener);
  let connections = 0;
  server.on(scheme === "http" ? "connection" : "secureConnection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    headers,
    get connections() {
      return connections;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const pem = (name: string) => new URL(`tls/${name}.pem`, import.meta.url).pathname;

/** Where the certificate of the https server lies: nobody's authority vouches for it. */
export const ownCertificate = pem("cert");

function certificate() {
  return { cert: readFileSync(pem("cert")), key: readFileSync(pem("key")) };
}
