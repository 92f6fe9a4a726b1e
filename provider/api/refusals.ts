import type { RequestTrouble } from "../errors/messages/request.js";
import { quote } from "../errors/redact.js";
import { isObject, parseJson } from "../model/json.js";
import { formatDuration } from "../time/duration.js";
import { hiddenNo } from "./hidden-no.js";
import { isRead, RequestError, type CallName, type Outcome } from "./outcome.js";
import { retryAfterMs } from "./retry.js";
import type { Reply } from "./transport.js";

/** The error that an answer amounts to; `undefined` for a success. */
export function refusalOf(call: CallName, reply: Reply): RequestError | undefined {
  const { status } = reply;
  if (status >= 200 && status < 300) return isRead(call) ? undefined : hiddenRefusal(call, reply);
  const words = wordsOf(reply.text);
  // Decisions read what was said, and not what is left of it to be shown.
  const said = saidIn(reply.text);
  const wait = retryAfterMs(reply.header("retry-after"), reply.header("date"));
  const [kind, outcome] = classify(call, status, said, wait !== undefined);
  return new RequestError(clause(kind, reply, wait ?? 0), {
    call,
    kind,
    outcome,
    status,
    ...words,
    bare: said === undefined || said.trim() === "Not Found",
    retryAfterMs: wait,
  });
}

/** A change that was answered with a success, by words that say no. */
function hiddenRefusal(call: CallName, { status, text }: Reply): RequestError | undefined {
  const no = hiddenNo(parseJson(text));
  if (!no) return undefined;
  const words = wordsOf(text);
  const [kind, outcome] = classify(call, no.status ?? 400, saidIn(text), false);
  return new RequestError(`the service answered ${status}, but says no`, { call, kind, outcome, status, ...words });
}

function classify(
  call: CallName,
  status: number,
  said: string | undefined,
  mayReturn: boolean,
): [RequestTrouble, Outcome] {
  if (status >= 300 && status < 400) return ["redirect", "refused"];
  if (status === 429 || status === 425 || (status === 503 && mayReturn)) return ["throttled", "throttled"];
  if (status === 408) return ["timeout", "unknown"];
  if (status >= 500) return ["server", "unknown"];
  if (call === "create" && (status === 400 || status === 422) && /exist|already|taken|in use/i.test(said ?? ""))
    return ["conflict", "refused"];
  return [byStatus.get(status) ?? "invalid", "refused"];
}

const byStatus: ReadonlyMap<number, RequestTrouble> = new Map([
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "notFound"],
  [405, "badReply"],
  [409, "conflict"],
]);

function clause(kind: RequestTrouble, reply: Reply, waitMs: number): string {
  const { status } = reply;
  switch (kind) {
    case "unauthorized":
    case "forbidden":
      return `the service refuses the token (${status})`;
    case "redirect":
      return `the service answered ${status}, a redirect${targetOf(reply)}`;
    case "throttled":
      return `the service is throttling requests (${status})${waitMs > 0 ? ` and asks to wait ${formatDuration(waitMs)}` : ""}`;
    default:
      return `the service answered ${status}`;
  }
}

/** Where a redirect leads, less its query: that may carry anything. */
function targetOf(reply: Reply): string {
  const location = reply.header("location");
  const url = location === undefined ? null : URL.parse(location, "http://same-host.invalid");
  if (!url) return "";
  return ` to ${quote(url.hostname === "same-host.invalid" ? url.pathname : url.origin + url.pathname, 120)}`;
}

/** What an error's body says. */
export interface Words {
  /** Fit to be quoted; `undefined`: nothing. */
  readonly why: string | undefined;
  /** It is an HTML page. */
  readonly page: boolean;
}

export function wordsOf(text: string): Words {
  if (!/<html|<!doctype/i.test(text)) {
    const said = saidIn(text);
    return { why: said === undefined ? undefined : quote(said), page: false };
  }
  const title = titleIn(text);
  const named = title === undefined ? "" : `, ${JSON.stringify(quote(title, 100))}`;
  return { why: `an HTML page${named}`, page: true };
}

/** The title of an HTML page, found in one pass. */
function titleIn(page: string): string | undefined {
  const at = page.search(/<title/i);
  if (at === -1) return undefined;
  const [, title, end] = page.slice(at).split(/[<>]/, 4).slice(1);
  return end !== undefined && /^\/title$/i.test(end) ? title : undefined;
}

/** FastAPI's `input` and `ctx` are never read: they echo what was sent. */
function saidIn(text: string): string | undefined {
  return sentenceIn(parseJson(text), 2);
}

/** @param depth how deep an error may be nested: `{"error": {"message": "…"}}` */
function sentenceIn(body: unknown, depth: number): string | undefined {
  if (!isObject(body)) return undefined;
  const said = body["detail"] ?? body["message"] ?? body["error"] ?? body["errors"];
  if (typeof said === "string") return said;
  if (!Array.isArray(said)) return depth > 0 ? sentenceIn(said, depth - 1) : undefined;
  const lines = said.flatMap((item: unknown) => {
    if (typeof item === "string") return [item];
    if (!isObject(item)) return [];
    const words = item["msg"] ?? item["message"];
    return typeof words === "string" ? [`${place(item["loc"])}${words}`] : [];
  });
  return lines.length > 0 ? lines.join("; ") : undefined;
}

function place(loc: unknown): string {
  return Array.isArray(loc) && loc.length > 0
    ? `${loc.filter((part) => typeof part === "string" || typeof part === "number").join(".")}: `
    : "";
}

/** FastAPI's answer where nothing serves the path, as opposed to a connector that isn't there (assumed). */
export function isRouteless({ status, page, bare }: RequestError): boolean {
  return status === 404 && (page || bare);
}
