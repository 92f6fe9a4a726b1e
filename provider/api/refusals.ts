import type { RequestTrouble } from "../errors/messages/request.js";
import { quote } from "../errors/redact.js";
import { isObject, parseJson } from "../model/json.js";
import { formatDuration } from "../time/duration.js";
import { RequestError, type CallName, type Outcome } from "./outcome.js";
import { retryAfterMs } from "./retry.js";
import type { Reply } from "./transport.js";

/** The error that an answer amounts to; `undefined` for a success. */
export function refusalOf(call: CallName, reply: Reply): RequestError | undefined {
  const { status } = reply;
  if (status >= 200 && status < 300) return undefined;
  const words = wordsOf(reply.text);
  const wait = retryAfterMs(reply.header("retry-after"), reply.header("date"));
  const [kind, outcome] = classify(call, status, words.why, wait !== undefined);
  return new RequestError(clause(kind, reply, wait ?? 0), {
    call,
    kind,
    outcome,
    status,
    ...words,
    retryAfterMs: wait,
  });
}

function classify(
  call: CallName,
  status: number,
  why: string | undefined,
  mayReturn: boolean,
): [RequestTrouble, Outcome] {
  if (status >= 300 && status < 400) return ["redirect", "refused"];
  if (status === 429 || status === 425 || (status === 503 && mayReturn)) return ["throttled", "throttled"];
  if (status === 408) return ["timeout", "unknown"];
  if (status >= 500) return ["server", "unknown"];
  if (call === "create" && (status === 400 || status === 422) && /exist|already|taken|in use/i.test(why ?? ""))
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
  if (!/<html|<!doctype/i.test(text)) return { why: detailIn(text), page: false };
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
function detailIn(text: string): string | undefined {
  const body = parseJson(text);
  const detail = isObject(body) ? (body["detail"] ?? body["message"] ?? body["error"]) : undefined;
  if (typeof detail === "string") return quote(detail);
  if (!Array.isArray(detail)) return undefined;
  const lines = detail.flatMap((item: unknown) =>
    isObject(item) && typeof item["msg"] === "string" ? [`${place(item["loc"])}${item["msg"]}`] : [],
  );
  return lines.length > 0 ? quote(lines.join("; ")) : undefined;
}

function place(loc: unknown): string {
  return Array.isArray(loc) && loc.length > 0
    ? `${loc.filter((part) => typeof part === "string" || typeof part === "number").join(".")}: `
    : "";
}
