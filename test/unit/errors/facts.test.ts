import { afterEach, expect, test } from "vitest";
import { outcomesOf } from "../../../pipeline/apply/apply.js";
import { journalFacts, readJournal } from "../../../pipeline/run/journal.js";
import { failureIn } from "../../../pipeline/run/report.js";
import { isRequestError } from "../../../provider/api/outcome.js";
import { ConnectorError, isConnectorError } from "../../../provider/errors/connector-error.js";
import { registerSecret } from "../../../provider/errors/redact.js";
import { failureOf } from "../../../provider/lifecycle/request-failure.js";
import { clientOf } from "../../support/client.js";
import { hostileServer, type HostileServer } from "../../support/hostile.js";

let server: HostileServer | undefined;
afterEach(() => server?.close());

async function refusalOf(endpoint: string): Promise<unknown> {
  const client = clientOf({ endpoint, token: "a-token" });
  const thrown: unknown = await client.edit("acme", undefined).catch((error: unknown) => error);
  await client.close();
  return thrown;
}

test("an error says as data what its sentences say: HTTP status, the id of the request, the service's words", async () => {
  server = await hostileServer((response) => response.writeHead(409).end('{"detail":"busy"}'));
  const error = failureOf(await refusalOf(server.endpoint), "update", "acme");
  if (!isConnectorError(error)) throw new Error("not the error that was expected");
  const requestId = server.headers[0]?.["x-request-id"];
  expect(error.facts).toEqual({ httpStatus: 409, requestId, why: "busy" });
  expect(failureIn(error)).toEqual({
    failure: { code: "REJECTED", facts: { httpStatus: 409, requestId, why: "busy" } },
  });
});

test("a page is marked as one, and a request that was never sent has no id", async () => {
  server = await hostileServer((response) => response.writeHead(409).end("<html><title>Sign in</title></html>"));
  expect(await refusalOf(server.endpoint)).toMatchObject({ page: true, why: 'an HTML page, "Sign in"' });
  await server.close();
  const unsent = await refusalOf(server.endpoint);
  expect(isRequestError(unsent) && [unsent.outcome, unsent.requestId]).toEqual(["neverSent", undefined]);
});

test("facts hold no secret, and what is unknown is left out", () => {
  registerSecret("a-secret-of-the-facts");
  const sentences = { headline: "It failed.", why: "bad a-secret-of-the-facts", next: "Wait." };
  const error = new ConnectorError("REJECTED", sentences, "acme", { status: undefined, elapsedMs: 5 });
  expect(error.facts).toEqual({ elapsedMs: 5, why: "bad [secret]" });
  expect(Object.keys(error)).not.toContain("facts");
  expect(failureIn(new Error("a defect"))).toEqual({});
});

test("what the provider's process writes of a failure is in the report of a run", () => {
  const facts = { status: "STARTING", elapsedMs: 600_000 };
  const ended = { at: 1, kind: "ended", connector: "acme", code: "WAIT_TIMEOUT", facts };
  const known = journalFacts(readJournal(`${JSON.stringify(ended)}\n`));
  const declared = [{ key: "a", name: "acme", protect: false, literalCredentials: [] }];
  const plan = { stack: "s", connectors: [], declared, others: [], stateVersion: "", endpoints: [] };
  const result = {
    ok: false,
    interrupted: false,
    events: [],
    errors: [{ key: "a", text: "the sentence" }],
    warnings: [],
    notes: [],
    output: "",
  };
  const history = { ...known, timelines: new Map(), requests: {} };
  expect(outcomesOf(plan, result, history)).toMatchObject([
    { key: "a", name: "acme", error: "the sentence", failure: { code: "WAIT_TIMEOUT", facts } },
  ]);
});
