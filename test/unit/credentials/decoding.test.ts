import { join } from "node:path";
import { writeFile } from "node:fs/promises";
import { expect } from "vitest";
import type { Reference } from "../../../provider/model/reference.js";
import { readSettings } from "../../../provider/core/settings.js";
import { Resolver } from "../../../provider/credentials/resolver.js";
import { readToken } from "../../../provider/credentials/token.js";
import { test } from "../../support/fixtures.js";

const bundle = `\ufeff${JSON.stringify({ key: "from-json" })}`;
const bytes = (text: string, encoding: BufferEncoding): [string, ...string[]] => {
  const hex = Buffer.from(text, encoding).toString("hex");
  return [process.execPath, "-e", `process.stdout.write(Buffer.from("${hex}", "hex"))`];
};
const resolver = () =>
  new Resolver({ environment: { ...process.env, KEYS: bundle }, signal: new AbortController().signal });

test("one byte order mark is no part of a credential, nor of the JSON that holds it", async ({ folder }) => {
  const [file, json] = [join(folder.path, "key"), join(folder.path, "keys.json")];
  await writeFile(file, "\ufefffrom-a-file\n", { mode: 0o600 });
  await writeFile(json, bundle, { mode: 0o600 });
  const resolve = (reference: Reference) => resolver().resolve(reference);
  expect(await resolve({ source: { file } })).toEqual({ value: "from-a-file" });
  expect(await resolve({ source: { command: bytes("\ufefffrom-a-command\n", "utf8") } })).toEqual({
    value: "from-a-command",
  });
  for (const source of [{ file: json }, { env: "KEYS" }, { command: bytes(bundle, "utf8") }])
    expect(await resolve({ source, key: "key" })).toEqual({ value: "from-json" });
});

test("bytes that are not UTF-8 are refused", async ({ folder }) => {
  const file = join(folder.path, "latin-1");
  await writeFile(file, Buffer.from("schl\u00fcssel", "latin1"), { mode: 0o600 });
  expect(await resolver().resolve({ source: { file } })).toEqual({
    problem: `the file ${file} is not UTF-8; save the file as UTF-8`,
  });
  expect(await resolver().resolve({ source: { command: bytes("schl\u00fcssel", "latin1") } })).toEqual({
    problem: expect.stringMatching(/^the command .* gives bytes that are not UTF-8; have it print UTF-8$/) as string,
  });
});

test.for<[string, string, string | undefined]>([
  ["a byte order mark and line ends around it", "\ufeff sk-abc \r\n", "sk-abc"],
  ["two byte order marks", "\ufeff\ufeffsk-abc", undefined],
  ["a no-break space", "sk-abc\u00a0", undefined],
  ["a zero-width space", "\u200bsk-abc", undefined],
  ["an ideographic space", "sk-abc\u3000\n", undefined],
])("a token from a file, a command or the environment, with %s", async ([, text, token]) => {
  const source = { source: { command: bytes(text, "utf8") }, variable: "DATASPACE_TOKEN_COMMAND" };
  const context = { environment: process.env, signal: new AbortController().signal };
  const read = readToken(source, context);
  const settings = { DATASPACE_ENDPOINT: "https://x.example", DATASPACE_TOKEN: text };
  const given = () => readSettings(() => undefined, settings, undefined).authentication;
  if (token !== undefined) {
    expect(await read).toEqual({ token });
    expect(given()).toEqual({ way: "token", token });
  } else {
    await expect(read).rejects.toThrow("gives a value that can't be a token");
    expect(given).toThrow("contains a character that a token can't contain");
  }
});

test("a client secret with an invisible end is refused, and one byte order mark is no part of a variable", async () => {
  const oauth = {
    DATASPACE_ENDPOINT: "https://x.example",
    DATASPACE_TOKEN_URL: "https://id.example/t",
    DATASPACE_CLIENT_ID: "me",
  };
  expect(() => readSettings(() => undefined, { ...oauth, DATASPACE_CLIENT_SECRET: "secret\u00a0" }, undefined)).toThrow(
    "begins or ends with an invisible character",
  );
  const environment = { KEY: "\ufefffrom-the-environment" };
  const one = new Resolver({ environment, signal: new AbortController().signal });
  expect(await one.resolve({ source: { env: "KEY" } })).toEqual({ value: "from-the-environment" });
});
