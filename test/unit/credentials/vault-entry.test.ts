import { expect, test } from "vitest";
import { Resolver } from "../../../provider/credentials/resolver.js";
import { redact } from "../../../provider/errors/redact.js";

test("of a vault's entry its credentials are secret, used or not, and what stands beside them is not", async () => {
  const beside = { name: "acme-edc-production", region: "eu-central-42", bucketName: "acme-bucket-42" };
  const labels = { token_type: "service-token", tags: ["production-tag"], owner: "somebody@example" };
  const unused = {
    adminPassword: "unused-password-42",
    apiKey: { current: "unused-api-key-42", previous: ["unused-api-key-41"] },
    settings: [{ name: "connectionString", value: "unused-connection-42" }],
  };
  const odd = { opener: "by-an-odd-name-42" };
  const entry = JSON.stringify({
    data: { secret: { ...beside, ...labels, ...unused, ...odd, secretAccessKeyRead: "used-secret-42" } },
  });
  const resolver = new Resolver({ environment: { ENTRY: entry }, signal: new AbortController().signal });
  const at = (field: string) => resolver.resolve({ source: { env: "ENTRY" }, key: `data.secret.${field}` });
  expect(await Promise.all([at("secretAccessKeyRead"), at("opener")])).toEqual([
    { value: "used-secret-42" },
    { value: "by-an-odd-name-42" },
  ]);
  const plain = JSON.stringify([beside, labels]);
  expect(redact(plain)).toBe(plain);
  expect(redact(`used-secret-42 by-an-odd-name-42 ${Object.values(unused.apiKey).flat().join(" ")}`)).toBe(
    "[secret] [secret] [secret] [secret]",
  );
  expect(redact("unused-password-42 unused-connection-42")).toBe("[secret] [secret]");
  expect(redact(entry)).toBe("[secret]");
});
