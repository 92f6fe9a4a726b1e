import { isObject } from "../model/json.js";

/**
 * Whether the body of a successful answer to a change says no all the same (observed at gateways and FastAPI services that catch
 * their own errors). `status`: the HTTP status that it names, where it does. Pure.
 *
 * An answer with a connector's status is that connector's details, and an `error` in them is the connector's own.
 */
export function hiddenNo(body: unknown): { readonly status?: number } | undefined {
  if (!isObject(body)) return undefined;
  const status = [body["statusCode"], body["status"], body["code"]].find(isErrorStatus);
  if (status !== undefined) return { status };
  if (body["success"] === false || body["ok"] === false) return {};
  const word = body["status"] ?? body["state"];
  if (word === "error" || word === "fail") return {};
  if (typeof word === "string") return undefined;
  const saysNo = isSaid(body["error"]) || isSaid(body["errors"]) || isErrorDetail(body["detail"]);
  return saysNo ? {} : undefined;
}

function isErrorStatus(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 400 && value < 600;
}

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== "" && value !== 0;
}

/** `detail` is where FastAPI puts its errors; some services acknowledge there, too (assumed). */
function isErrorDetail(detail: unknown): boolean {
  if (typeof detail !== "string") return Array.isArray(detail) ? detail.length > 0 : isObject(detail);
  const text = detail.slice(0, 2_000);
  return text.trim() !== "" && (!acknowledges.test(text) || denies.test(text));
}

const acknowledges =
  /\b(?:ok|okay|success(?:ful|fully)?|created|updated|edited|changed|deleted|removed|accepted|done|complete(?:d)?|(?:re)?start(?:ed|ing)|stopp(?:ed|ing)|queued|scheduled|in progress)\b/i;
const denies =
  /\b(?:not|no|never|nothing|fail(?:ed|s|ure)?|errors?|denied|exceed(?:ed|s)?|exhausted|already|can't|cannot|could|couldn't|must|refused?|rejected|invalid|unable|un\w+able|forbidden|missing|too)\b/i;
