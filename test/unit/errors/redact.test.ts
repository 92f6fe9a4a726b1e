import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ConnectorError, isConnectorError } from "../../../provider/errors/connector-error.js";
import { quote, redact, registerSecret } from "../../../provider/errors/redact.js";

const secret = 'sEcr3t/+"value';
registerSecret(secret);

test.each([
  ["as it is", secret],
  ["in JSON", JSON.stringify(secret).slice(1, -1)],
  ["in a URL", encodeURIComponent(secret)],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in base64url", Buffer.from(secret).toString("base64url")],
  ["in hex", Buffer.from(secret).toString("hex")],
  ["twice, in pieces of a line", `${secret}-${secret}`],
])("a secret is replaced %s", (_, text) => {
  expect(redact(`before ${text} after`)).toMatch(/^before \[secret\](-\[secret\])? after$/);
});

test("the longer of two secrets goes first, and a short one only where it stands alone", () => {
  registerSecret("abc-def");
  registerSecret("abc-def-ghi");
  registerSecret("1234");
  expect(redact("x abc-def-ghi x abc-def x")).toBe("x [secret] x [secret] x");
  expect(redact("pin 1234, port 12345")).toBe("pin [secret], port 12345");
});

test("whatever is secret is found wherever it stands, the longest first, as by one pattern of all of them", () => {
  const letters = fc.stringMatching(/^[qz-]{2,9}$/);
  const known = new Set<string>();
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 5 }), fc.stringMatching(/^[qz -]{0,40}$/), (secrets, text) => {
      // Registered for good, as in a run: each try adds to what the others have registered.
      for (const each of secrets) registerSecret(each);
      for (const each of secrets) known.add(each);
      const pattern = [...known]
        .sort((a, b) => b.length - a.length)
        .map((each) => (each.length < 5 ? `(?<![\\w-])${each}(?![\\w-])` : each))
        .join("|");
      expect(redact(text)).toBe(pattern === "" ? text : text.replace(new RegExp(pattern, "g"), "[secret]"));
    }),
  );
});

test("what a server says is one line, without controls, cut at the limit", () => {
  expect(quote("a\u001b[31mb\u001b]8;;http://x\u0007c\u0000\n  d")).toBe("abc d");
  expect(quote("x".repeat(400))).toHaveLength(300);
});

test("an error is redacted in message, stack, text and every way of printing it", () => {
  const error = new ConnectorError(
    "REJECTED",
    { headline: `Could not update connector "acme": ${secret}.`, why: secret, next: `Do not say ${secret}.` },
    "acme",
  );
  for (const text of [error.message, error.stack, String(error), inspect(error), JSON.stringify(error)]) {
    expect(text).not.toContain(secret);
  }
  expect(error.message).toBe('Could not update connector "acme": [secret].\nWhy: [secret]\nNext: Do not say [secret].');
  expect(error.cause).toBeUndefined();
  expect(isConnectorError(error)).toBe(true);
  expect(
    isConnectorError(Object.assign(new Error("a copy of another package"), { tag: error.tag, code: error.code })),
  ).toBe(true);
  expect(isConnectorError(new Error("x"))).toBe(false);
});

test("what turns the direction of writing around is taken out, as other controls are", () => {
  expect(redact("a\u202eb\u2066c\u2069\u200ed\u200f\u061ce\u202c")).toBe("abcde");
  expect(redact("שלום é\n\t")).toBe("שלום é\n\t");
});
