import { isRequestError, type RequestError, type RequestRecord } from "../../provider/api/outcome.js";
import { Core, type Account } from "../../provider/core/core.js";
import { variableOf } from "../../provider/core/settings.js";
import { isConnectorError, type ConnectorError } from "../../provider/errors/connector-error.js";
import { inFull } from "../../provider/lifecycle/failure.js";
import { isLoopback } from "../../provider/model/loopback.js";
import { formatDuration } from "../../provider/time/duration.js";
import * as messages from "./messages.js";
import { ok, problem, unchecked, warning, type Check, type Finding } from "./messages.js";
import type { ServiceOptions } from "../service/service.js";

/** How far this machine's clock may be from the service's, in milliseconds. */
const mostSkewMs = 5 * 60_000;

/** What the settings are worth, by one request: endpoint, TLS, token, clock. */
export async function serviceFindings(
  options: ServiceOptions & { readonly environment: NodeJS.ProcessEnv; readonly signal: AbortSignal },
  onRequest: () => void,
): Promise<readonly Finding[]> {
  const { environment, signal, pace } = options;
  let exchange: (RequestRecord & { readonly at: number }) | undefined;
  const core = new Core(options.config ?? (() => undefined), environment, signal, pace, (each) => {
    onRequest();
    exchange = { ...each, at: Date.now() };
  });
  try {
    const account = core.account(options.account);
    const outcome = await ask(account, signal);
    return [
      ok("settings", `complete; the token comes from ${tokenVariable(account)}`),
      endpointFinding(account, outcome),
      tlsFinding(account, outcome),
      tokenFinding(outcome),
      clockFinding(exchange),
    ];
  } catch (error) {
    if (!isConnectorError(error) || error.code !== "SETTINGS_INVALID") throw error;
    return [asProblem("settings", error), ...notAsked(["endpoint", "TLS", "token", "clock"])];
  } finally {
    await core.close();
  }
}

/** How many connectors the list told of, or what came instead of it. */
type Answer = number | RequestError | ConnectorError;

async function ask(account: Account, signal: AbortSignal): Promise<Answer> {
  try {
    const { names } = await account.client.list({ signal, repeat: false });
    return names.size;
  } catch (error) {
    signal.throwIfAborted();
    if (isRequestError(error) || isConnectorError(error)) return error;
    throw error;
  }
}

function endpointFinding({ settings }: Account, answer: Answer): Finding {
  const { endpoint } = settings;
  if (typeof answer === "number") return ok("endpoint", `${endpoint} answers`);
  if (isConnectorError(answer) || answer.kind === "tls") return unchecked("endpoint", `${endpoint} was not asked`);
  if (answer.status === 405)
    return warning(
      "endpoint",
      `${endpoint} refuses to list connectors`,
      "Name connectors one by one; patterns match none.",
    );
  if (refusesToken(answer)) return ok("endpoint", `${endpoint} answers`);
  const next = messages.endpointNext[answer.kind] ?? messages.otherEndpointNext;
  return (answer.kind === "throttled" ? warning : problem)("endpoint", `${endpoint}: ${inFull(answer)}`, next);
}

function tlsFinding({ settings }: Account, answer: Answer): Finding {
  const url = new URL(settings.endpoint);
  if (url.protocol === "http:") return isLoopback(url) ? ok("TLS", messages.tls.onThisMachine) : messages.tls.inClear;
  if (typeof answer === "number") return ok("TLS", messages.tls.trusted(url.host));
  if (isRequestError(answer) && answer.kind === "tls") return messages.tls.untrusted(answer.message);
  if (isRequestError(answer) && answer.status !== undefined) return ok("TLS", messages.tls.trusted(url.host));
  return unchecked("TLS", "no connection");
}

function tokenFinding(answer: Answer): Finding {
  if (typeof answer === "number")
    return ok("token", `accepted; ${answer} ${answer === 1 ? "connector" : "connectors"}`);
  if (isConnectorError(answer)) return asProblem("token", answer);
  if (refusesToken(answer)) return messages.tokenRefused(inFull(answer));
  return unchecked("token", "no answer to tell by");
}

function clockFinding(exchange: (RequestRecord & { readonly at: number }) | undefined): Finding {
  if (exchange?.status === undefined) return unchecked("clock", "no answer to tell by");
  const theirs = Date.parse(exchange.date ?? "");
  if (Number.isNaN(theirs)) return unchecked("clock", messages.clock.untold);
  const ahead = exchange.at - theirs;
  if (Math.abs(ahead) <= mostSkewMs) return ok("clock", messages.clock.right);
  return messages.clock.wrong(formatDuration(Math.abs(ahead)), ahead > 0 ? "ahead of" : "behind");
}

/** A proxy's page says nothing about the token. */
function refusesToken({ kind, page }: RequestError): boolean {
  return (kind === "unauthorized" || kind === "forbidden") && !page;
}

function tokenVariable({ name, settings }: Account): string {
  const { authentication } = settings;
  switch (authentication.way) {
    case "token":
      return variableOf("token", name);
    case "source":
      return authentication.variable;
    case "oauth":
      return variableOf("tokenUrl", name);
  }
}

function notAsked(checks: readonly Check[]): Finding[] {
  return checks.map((check) => unchecked(check, "the settings come first"));
}

/** True, and nothing to do with a look at the settings. */
const stateIsKept = / Nothing is lost: state is kept\.$/;

/** An error's sentences on one line: what was observed, and what to do. */
function asProblem(check: Check, { message }: ConnectorError): Finding {
  const lines = message.split("\n");
  const next = lines.find((line) => line.startsWith("Next: ")) ?? "";
  const observed = lines.filter((line) => line !== next).join(" ");
  return problem(check, observed.replace(/\.$/, ""), next.slice("Next: ".length).replace(stateIsKept, ""));
}
