import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

/** Behaviour follows codes, flags and facts. A sentence may be reworded at any time, and must change nothing but what is read. */
const root = new URL("../../..", import.meta.url).pathname;

/** A name that holds a sentence of ours, of the engine, or of the service, and a question about its words. */
const sentence = String.raw`(?:\w*[mM]essage|\w*[hH]eadline|\w*[sS]entence|why|observed|stderr|stdout|printable\([^()]*\)|error\.text)`;
const questions = [
  new RegExp(String.raw`\b${sentence}\??\.(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf)\(`),
  new RegExp(String.raw`/\.(?:test|exec)\(\s*(?:\w+\.)*${sentence}\s*\)`),
];

/** Foreign words that come in no other form: one place each. */
const allowed: Readonly<Record<string, string>> = {
  "pipeline/stack/open-stack.ts": "Pulumi's CLI says only in words that a stack exists",
  "pipeline/stack/pulumi-cli.ts": "Pulumi's CLI says only in words that there is no such stack",
};

export function decisionsIn(code: string): string[] {
  return code.split("\n").filter((line) => questions.some((question) => question.test(line)));
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => relative(root, join(folder, file)));
}

test.each([
  'if (error.message.startsWith("an HTML page")) return "page";',
  "if (/already exists/.test(error.message)) return undefined;",
  'const [key] = message.split(" ");',
  'return headline.includes("nothing was changed");',
  "const found = /no stack/.exec(printable(error));",
])("finds what it forbids: %s", (line) => {
  expect(decisionsIn(line)).toEqual([line]);
});

test("no code decides on the words of a sentence", () => {
  const found = ["provider", "sdk", "pipeline", "cli"]
    .flatMap((folder) => sources(join(root, folder)))
    .filter((file) => !Object.hasOwn(allowed, file))
    .flatMap((file) => decisionsIn(readFileSync(join(root, file), "utf8")).map((line) => `${file}: ${line.trim()}`));
  expect(found).toEqual([]);
});

test("every exception is still needed", () => {
  const unneeded = Object.keys(allowed).filter(
    (file) => decisionsIn(readFileSync(join(root, file), "utf8")).length === 0,
  );
  expect(unneeded).toEqual([]);
});
