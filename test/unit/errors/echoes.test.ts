import fc from "fast-check";
import { expect, test } from "vitest";
import { quote, redact, redactWords, registerIdentity, registerSecret } from "../../../provider/errors/redact.js";

/** What services and proxies do to a text that they echo. */
const transformations: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "in upper case": (text) => text.toUpperCase(),
  "in lower case": (text) => text.toLowerCase(),
  "in a URL": encodeURIComponent,
  "in a URL, in lower case": (text) => encodeURIComponent(text).toLowerCase(),
  "in a URL, twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  "in a form": (text) => new URLSearchParams([["", text]]).toString().slice(1),
  "in JSON": (text) => JSON.stringify(text).slice(1, -1),
  "in JSON in JSON": (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
  "in JSON, as PHP writes it": (text) => JSON.stringify(text).slice(1, -1).replaceAll("/", "\\/"),
  "in JSON, as Python writes it": (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  "in HTML": (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
  "in numbers of HTML": (text) =>
    Array.from(text, (character) => `&#x${character.codePointAt(0)?.toString(16)};`).join(""),
  decomposed: (text) => text.normalize("NFD"),
  composed: (text) => text.normalize("NFC"),
};

/** Letters, digits and the signs that each of the transformations changes. */
const secrets = fc.string({
  unit: fc.constantFrom(...Array.from("abXYZ019+/=._-%&<>\"'\\ äßÉ😀")),
  minLength: 12,
  maxLength: 60,
});
const plain = secrets.filter((text) => text.trim().length >= 12 && !text.includes("[secret]"));
const cut = fc.record({ from: fc.nat(50), length: fc.integer({ min: 12, max: 60 }) });

test.each(Object.entries(transformations))(
  "what shares 6 characters with a secret goes, %s, wherever it was cut",
  (_, echo) => {
    fc.assert(
      fc.property(plain, cut, (secret, { from, length }) => {
        registerSecret(secret);
        const units = Array.from(secret);
        const start = Math.min(from, units.length - 12);
        const part = units.slice(start, start + length).join("");
        const said = redactWords(`Bad value «${echo(part)}» here`);
        expect(said).toMatch(/^Bad value /);
        expect(said).toContain("[secret]");
        expect(said).not.toContain(echo(part));
        expect(said).toMatch(/ here$/);
      }),
      { numRuns: 200 },
    );
  },
);

test.each(["base64", "base64url", "hex"] as const)(
  "a secret goes in the %s of user and secret, or of a body, wherever it was cut",
  (encoding) => {
    const ascii = fc.string({ unit: fc.constantFrom(...Array.from("abcXYZ019+/=.-")), minLength: 16, maxLength: 60 });
    fc.assert(
      fc.property(ascii, fc.nat(5), fc.constantFrom("user:", '{"secretAccessKeyRead":"', ""), (secret, off, before) => {
        registerSecret(secret);
        const encoded = Buffer.from(before + secret).toString(encoding);
        const at = Math.floor((before.length * encoded.length) / (before.length + secret.length)) + off;
        const part = encoded.slice(before === "" ? off : 0, Math.max(at + 20, 26));
        fc.pre(Buffer.from(part, encoding).length >= before.length + 8);
        // A secret of another test may begin or end with a space, and share it with this one's neighbours.
        expect(redactWords(`got ${part} instead`)).toMatch(/^got ?.*\[secret\].* ?instead$/);
        expect(redactWords(`got ${part} instead`)).not.toContain(part);
      }),
      { numRuns: 200 },
    );
  },
);

test("both halves of a long value go that pydantic cuts in the middle, and nothing of the sentence around", () => {
  const key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
  registerSecret(key);
  const said = `Input should be shorter [type=too_long, input_value='${key.slice(0, 25)}...${key.slice(-24)}', input_type=str]`;
  expect(quote(said)).toBe("Input should be shorter [type=too_long, input_value='[secret]', input_type=str]");
});

test("a name, a field and a status stay, though they are or share a secret", () => {
  registerIdentity("acme-prod");
  registerSecret("acme-prod-key-4711");
  expect(redactWords('connector "acme-prod" is RUNNING, acme-prod-k is not')).toBe(
    'connector "acme-prod" is RUNNING, [secret] is not',
  );
  registerSecret("acme-prod");
  expect(redact('Could not create connector "acme-prod": acme-prod.')).toBe(
    'Could not create connector "acme-prod": acme-prod.',
  );
  expect(redact("acme-prodx")).toBe("[secret]x");
});

test("the time that a hostile text takes grows with its length", () => {
  registerSecret("%41%41%41aaaaaaaaaaaaaaaaaaaaaaaaaaa");
  const hostile = [
    "%41".repeat(22_000),
    "a".repeat(65_536),
    "&#x41;".repeat(11_000),
    "\\u0041".repeat(11_000),
    "%2525".repeat(13_000),
    "aaaaaa ".repeat(9_000),
    "é".repeat(60_000),
  ];
  for (const text of hostile) expect(redactWords(text).length).toBeLessThanOrEqual(2 * text.length);
});
