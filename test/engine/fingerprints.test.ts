import { createHmac } from "node:crypto";
import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import type { Resource } from "../support/engine.js";
import { test } from "../support/fixtures.js";
import { present } from "../support/present.js";
import { expectOk } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 100 });

const pin = "4711";
const field = "secretAccessKeyRead";
const others = {
  accessKeyIdRead: "the-read-id",
  accessKeyIdWrite: "the-write-id",
  secretAccessKeyWrite: "the-write-secret",
};

/** What an attacker would try; written here once more, so that the test doesn't lean on what it tests. */
function mark(salt: string, guess: string): string {
  return createHmac("sha256", salt).update(`${field}\0${guess}`).digest("base64url").slice(0, 6);
}

function guessed(salts: readonly string[], fingerprint: string): string[] {
  const pins = Array.from({ length: 10_000 }, (_, i) => String(i).padStart(4, "0"));
  return salts.flatMap((salt) => pins.filter((each) => mark(salt, each) === fingerprint));
}

/** Every text in a piece of JSON, keys too. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

test("the raw checkpoint holds neither value nor salt in clear, and a four-digit secret can't be guessed from it", async ({
  stack,
}) => {
  const amazonS3 = s3({ ...others, [field]: pin });
  expectOk(await stack.up(async () => void new Connector("acme", { amazonS3 })));
  const { inputs } = present((await stack.resources())["acme"], "acme in state");
  const fingerprint = String((inputs["credentialFingerprints"] as Record<string, unknown>)[field]);

  const raw = await stack.rawState();
  for (const value of Object.values(others)) expect(raw).not.toContain(value);
  const checkpoint = JSON.parse(await stack.checkpoint()) as { checkpoint: { latest: { resources: Resource[] } } };
  const resource = checkpoint.checkpoint.latest.resources.find(({ urn }) => urn.endsWith("::acme"));
  const texts = [...new Set(textsIn(resource))];
  expect(texts).toContain(fingerprint);
  expect(texts).not.toContain(pin);
  // Whatever stands beside the fingerprint is tried for its salt.
  expect(guessed(texts, fingerprint)).toEqual([]);

  // The same attack works for whoever has the salt: it is the salt that must not be there.
  const salts = textsIn(await stack.stack.exportStack()).flatMap((text) => /^"([\w-]{16})"$/.exec(text)?.[1] ?? []);
  expect(guessed([...new Set(salts)], fingerprint)).toContain(pin);
  for (const salt of salts) expect(raw).not.toContain(salt);
});
