import { createHmac } from "node:crypto";
import { Connector } from "pulumi-dataspace";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";
import { expectOk } from "../support/settled.js";

let emulator: Emulator;
let stack: TestStack;

beforeEach(async () => {
  emulator = await Emulator.start({ startMs: 100 });
  stack = await TestStack.create(emulator);
});
afterEach(async () => {
  await stack.remove();
  await emulator.close();
});

const pin = "4711";
const field = "secretAccessKeyRead";

/** What an attacker would try; written here once more, so that the test doesn't lean on what it tests. */
function mark(salt: string, guess: string): string {
  return createHmac("sha256", salt).update(`${field}\0${guess}`).digest("base64url").slice(0, 6);
}

function guessed(salts: readonly string[], fingerprint: string): string[] {
  const pins = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, "0"));
  return salts.flatMap((salt) => pins.filter((each) => mark(salt, each) === fingerprint));
}

/** Every text of the files in which the engine keeps the stack, keys too. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

test("the raw checkpoint holds neither value nor salt in clear, and a four-digit secret can't be guessed from it", async () => {
  const keys = s3({ [field]: pin, secretAccessKeyWrite: "a-long-write-secret" });
  expectOk(await stack.up(async () => void new Connector("acme", { amazonS3: keys })));
  const { inputs } = (await stack.resources())["acme"] ?? expect.fail("acme is in state");
  const fingerprint = (inputs["credentialFingerprints"] as Record<string, string>)[field] ?? "";
  const raw = await stack.rawState();
  const texts = [
    ...new Set(
      raw.split("\n").flatMap((line) => [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text]) => String(text))),
    ),
  ];
  expect(texts).toContain(fingerprint);
  expect(texts).not.toContain(pin);
  for (const [name, value] of Object.entries(keys)) {
    if (name !== "bucketName" && name !== "region" && name !== field) expect(raw).not.toContain(value);
  }
  expect(guessed(texts, fingerprint)).toEqual([]);

  // The same attack works for whoever has the salt: so it is the salt that must not be there.
  const exported = textsIn(await stack.stack.exportStack());
  const salts = exported.flatMap((text) => (/^"[\w-]{22}"$/.test(text) ? [text.slice(1, -1)] : []));
  expect(salts.length).toBeGreaterThan(0);
  expect(guessed(salts, fingerprint)).toContain(pin);
  for (const salt of salts) expect(raw).not.toContain(salt);
});
