import { expect, test } from "vitest";
import { canary, holdsCanary, linesWithCanaries, plainCanary } from "./canaries.js";

const secret = canary("somewhere");

test.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify({ a: [secret] })],
  ["in JSON in JSON", JSON.stringify(JSON.stringify({ a: secret }))],
  ["in a URL", encodeURIComponent(secret)],
  ["in capitals", secret.toUpperCase()],
  ["its first 12 characters", secret.slice(0, 12)],
  ["its last 12 characters", secret.slice(-12)],
  ["in hex", Buffer.from(secret).toString("hex")],
  ...[0, 1, 2].map((before) => [
    `in base64, ${before} bytes into the text`,
    Buffer.from("x".repeat(before) + secret).toString("base64"),
  ]),
  ["in a header of HTTP Basic", Buffer.from(`id:${plainCanary("secret")}`).toString("base64")],
  ["in base64url", Buffer.from(`??${secret}`).toString("base64url")],
])("a canary is found %s", (_, text) => {
  expect(holdsCanary(`before ${text} after`)).toBe(true);
});

test("nothing else is one, and the lines are told", () => {
  expect(holdsCanary("a canary in a coal mine, QzCan, aryZq")).toBe(false);
  expect(linesWithCanaries(`one\ntwo ${secret}\nthree`)).toEqual([`two ${secret}`]);
});
