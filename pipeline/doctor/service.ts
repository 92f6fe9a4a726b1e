import { isRequestError, type RequestError, type RequestRecord } from "../../provider/api/outcome.js";
import { Listing } from "../../provider/api/replies.js";
import type { Account } from "../../provider/core/core.js";
import { variableOf } from "../../provider/core/settings.js";
import { isConnectorError, type ConnectorError } from "../../provider/errors/connector-error.js";
import { nextAfter } from "../../provider/errors/messages/request.js";
import { inFull } from "../../provider/lifecycle/failure.js";
import { isLoopback } from "../../provider/model/loopback.js";
import { formatDuration } from "../../provider/time/duration.js";
import { counted } from "../run/messages.js";
import { withService, type Service, type ServiceOptions } from "../service/service.js";
import * as messages from "./messages.js";
import { ok, problem, unchecked, warning, type Check, type Finding } from "./messages.js";

/** Checks the settings by one request: endpoint, TLS, token, clock. */
export async function serviceFindings(options: ServiceOptions, onRequest: () => void): Promise<readonly Finding[]> {
  let exchange: Exchange | undefined;
  const listen = (record: RequestRecord) => {
    onRequest();
    exchange = { ...record, at: Date.now() };
  };
  try {
    return await withService({ ...options, onRequest: listen }, { verb: "list" }, async (service) => {
      const { account } = service;
      const answer = await ask(service);
      return [
        ok("settings", `complete; the token comes from ${tokenVariable(account)}`),
        endpointFinding(account, answer),
        tlsFinding(account, answer),
        tokenFinding(answer),
        clockFinding(exchange),
      ];
    });
  } catch (error) {
    if (!isConnectorError(error) || error.code !== "SETTINGS_INVALID") throw error;
    return [asProblem("settings", error), ...notAsked(["endpoint", "TLS", "token", "clock"])];
  }
}

/** The request and when its answer came, in milliseconds since 1970. */
type Exchange = RequestRecord & { readonly at: number };

/** The list, or why there is none. */
type Answer = Listing | RequestError | ConnectorError;

async function ask({ account, signal }: Service): Promise<Answer> {
  try {
    return await account.client.list({ signal, repeat: false });
  } catch (error) {
    if (!signal.aborted && (isRequestError(error) || isConnectorError(error))) return error;
    throw error;
  }
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

function endpointFinding({ settings }: Account, answer: Answer): Finding {
  const { endpoint } = settings;
  if (answer instanceof Listing)
    return answer.unusable.length === 0 ? ok("endpoint", `${endpoint} answers`) : messages.oddNames(answer.unusable);
  if (isConnectorError(answer) || answer.kind === "tls") return unchecked("endpoint", `${endpoint} was not asked`);
  if (answer.status === 405) return messages.noListing(endpoint);
  if (refusesToken(answer)) return ok("endpoint", `${endpoint} answers`);
  const report = answer.kind === "throttled" ? warning : problem;
  const kind = answer.page ? "badReply" : answer.kind;
  return report("endpoint", `${endpoint}: ${inFull(answer)}`, nextAfter(kind, "operator"));
}

function tlsFinding({ settings }: Account, answer: Answer): Finding {
  const url = new URL(settings.endpoint);
  if (url.protocol === "http:") return isLoopback(url) ? ok("TLS", messages.tls.onThisMachine) : messages.tls.inClear;
  if (isRequestError(answer) && answer.kind === "tls")
    return problem("TLS", answer.message, nextAfter("tls", "operator"));
  const answered = answer instanceof Listing || (isRequestError(answer) && answer.status !== undefined);
  return answered ? ok("TLS", messages.tls.trusted(url.host)) : unchecked("TLS", "no connection");
}

function tokenFinding(answer: Answer): Finding {
  if (answer instanceof Listing) return ok("token", `accepted; ${counted(answer.names.size, "connector")}`);
  if (isConnectorError(answer)) return asProblem("token", answer);
  if (refusesToken(answer)) return problem("token", inFull(answer), nextAfter("unauthorized", "operator"));
  return unchecked("token", messages.noAnswer);
}

/** How far this machine's clock may be from the service's, in milliseconds. */
const maxSkewMs = 5 * 60_000;

function clockFinding(exchange: Exchange | undefined): Finding {
  if (exchange?.status === undefined) return unchecked("clock", messages.noAnswer);
  const theirs = Date.parse(exchange.date ?? "");
  if (Number.isNaN(theirs)) return unchecked("clock", messages.clock.noDate);
  const ahead = exchange.at - theirs;
  if (Math.abs(ahead) <= maxSkewMs) return ok("clock", messages.clock.right);
  return messages.clock.wrong(formatDuration(Math.abs(ahead)), ahead > 0 ? "ahead of" : "behind");
}

/** A proxy's page says nothing about the token. */
function refusesToken(error: RequestError): boolean {
  return (error.kind === "unauthorized" || error.kind === "forbidden") && !error.page;
}

function notAsked(checks: readonly Check[]): Finding[] {
  return checks.map((check) => unchecked(check, "the settings come first"));
}

/** An error on one line, and what to do about it. */
function asProblem(check: Check, { sentences }: ConnectorError): Finding {
  const { headline, why, next } = sentences;
  return problem(check, [headline, ...(why ? [`Why: ${why}`] : [])].join(" ").replace(/\.$/, ""), next);
}
