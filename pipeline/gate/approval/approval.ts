import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { isObject, parseJson } from "../../../provider/model/json.js";
import { decodeUtf8 } from "../../../provider/model/utf8.js";
import { approvalUnusable } from "./messages.js";
import type { Plan, PlannedConnector } from "../../run/plan.js";

const version = 1;

const text = z.string();
const approvedField = z.strictObject({
  path: text,
  credential: z.boolean(),
  /** Digest of the old and the new value; none for a credential. */
  change: text.optional(),
});
const approvedConnector = z.strictObject({
  key: text,
  name: text,
  effects: z.array(text),
  fields: z.array(approvedField),
  /** Absent if the service has no such connector. */
  status: text.optional(),
  becomes: text,
  restarts: z.number(),
  /** Credentials were not read. */
  notChecked: z.boolean().optional(),
});
const approvedPlan = z.strictObject({
  stack: text,
  stateVersion: text,
  connectors: z.array(approvedConnector),
  others: z.array(text),
  /** The services that it was made for. */
  endpoints: z.array(z.strictObject({ account: text.optional(), endpoint: text })),
});
const approvalSchema = z.strictObject({
  version: z.literal(version),
  /** `sha256:…` of the rest as canonical JSON; detects a file that was truncated or edited. It is not a signature. */
  digest: text,
  /** One per stack. */
  plans: z.array(approvedPlan),
});

export type ApprovedConnector = z.output<typeof approvedConnector>;
export type ApprovedPlan = z.output<typeof approvedPlan>;

/**
 * An approved plan, kept as JSON between `preview --approve-out` and `up --approved`. It contains no credential, and only
 * digests of plain values, so that it may be kept among a pipeline's artifacts.
 */
export type Approval = Readonly<z.output<typeof approvalSchema>>;

/** The approval of these plans, one per stack. */
export function digestOf(plans: readonly Plan[]): Approval {
  const approved = plans.map(({ stack, stateVersion, connectors, others, endpoints }) => ({
    stack,
    stateVersion,
    connectors: connectors.map(approvedOf),
    others: [...others],
    endpoints: endpoints.map((each) => ({ ...each })),
  }));
  return { version, digest: digest({ version, plans: approved }), plans: approved };
}

/** The part of a planned connector that is approved. */
export function approvedOf(connector: PlannedConnector): ApprovedConnector {
  const { key, name, effects, fields, status, becomes, restarts, notChecked } = connector;
  return {
    key,
    name,
    effects: [...effects],
    fields: fields.map(({ path, credential, from, to, unknown = false }) =>
      credential ? { path, credential } : { path, credential, change: digest([key, path, from, to, unknown]) },
    ),
    ...(status === undefined ? {} : { status }),
    becomes,
    restarts,
    ...(notChecked ? { notChecked } : {}),
  };
}

/** @throws ConnectorError `SETTINGS_INVALID` if the file is not an approval of this version */
export async function readApproval(file: string): Promise<Approval> {
  let content: string | undefined;
  try {
    content = decodeUtf8(await readFile(file));
  } catch (error) {
    const code = isObject(error) ? error["code"] : error;
    throw approvalUnusable(file, code === "ENOENT" ? "there is no such file" : `it can't be read (${String(code)})`);
  }
  if (content === undefined) throw approvalUnusable(file, "it is not UTF-8");
  return parseApproval(content, file);
}

/** Like {@link readApproval}, for a string. */
export function parseApproval(content: string, file: string): Approval {
  const value = parseJson(content);
  if (value === undefined) throw approvalUnusable(file, "it is not valid JSON");
  if (!isObject(value) || !("version" in value) || !("digest" in value))
    throw approvalUnusable(file, "it is not an approval");
  if (value["version"] !== version) {
    throw approvalUnusable(
      file,
      `its version is ${JSON.stringify(value["version"])}, but this pulumi-dataspace reads version ${version}`,
    );
  }
  const parsed = approvalSchema.safeParse(value);
  if (!parsed.success) {
    throw approvalUnusable(file, `its content is invalid at ${parsed.error.issues[0]?.path.join(".")}`);
  }
  const { digest: written, ...rest } = parsed.data;
  if (digest(rest) !== written) throw approvalUnusable(file, "it was edited after it was written");
  return parsed.data;
}

function digest(value: unknown): string {
  return `sha256:${createHash("sha256").update(canonical(value)).digest("hex")}`;
}

/** JSON that is equal for equal values: sorted keys, no spaces, no `undefined`. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
