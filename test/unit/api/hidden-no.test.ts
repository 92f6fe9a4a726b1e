import { expect, test } from "vitest";
import { hiddenNo } from "../../../provider/api/hidden-no.js";

test.each<[unknown, ReturnType<typeof hiddenNo>]>([
  [{ detail: "quota exceeded" }, {}],
  [{ detail: [{ loc: ["body"], msg: "field required" }] }, {}],
  [{ detail: { code: "E7" } }, {}],
  [{ detail: "Connector acme must be stopped first" }, {}],
  [{ detail: "it was not created" }, {}],
  [{ detail: "Connector already exists" }, {}],
  [{ success: false }, {}],
  [{ ok: false, message: "no" }, {}],
  [{ error: "quota exceeded" }, {}],
  [{ error: { message: "quota exceeded" } }, {}],
  [{ errors: ["quota exceeded"] }, {}],
  [{ status: "error", message: "quota exceeded" }, {}],
  [{ status: "fail" }, {}],
  [{ statusCode: 403, message: "Forbidden" }, { status: 403 }],
  [{ status: 409, title: "Conflict" }, { status: 409 }],
  [{ status: "FAILED", success: false }, {}],
])("%j says no", (body, no) => {
  expect(hiddenNo(body)).toEqual(no);
});

test.each<unknown>([
  undefined,
  {},
  [],
  "ok",
  { detail: "ok" },
  { detail: "created" },
  { detail: "Connector acme created successfully" },
  { detail: "The connector is being restarted" },
  { detail: "" },
  { detail: null },
  { message: "started" },
  { success: true },
  { error: null, errors: [] },
  { error: false },
  { status: 200, code: 0 },
  { status: "FAILED", error: "its bucket is not there", detail: "no such bucket" },
  { name: "acme", state: "STARTING", detail: "waits for a place" },
])("%j says yes", (body) => {
  expect(hiddenNo(body)).toBeUndefined();
});
