import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";

/** Behaviour follows codes, flags and facts. A sentence may be reworded at any time, and must change nothing but what is read. */
const root = new URL("../../..", import.meta.url).pathname;

/** A name that holds a sentence of ours, of the engine, or of the service, and a question about its words. */
const sentence = String.raw`(?:\w*[mM]essage|\w*[hH]eadline|\w*[sS]entence|why|observed|stderr|stdout|printable\([^()]*\)|error\.text)`;
/** Where lines of the engine and of the provider pass, any text is one. */
const passing = ["provider/lifecycle", "pipeline/stack", "pipeline/apply", "pipeline/run"];
const anyText = String.raw`(?:${sentence}|\w*[tT]ext|\w*[oO]utput|\w*[lL]ine)`;

function questionsAbout(words: string): readonly RegExp[] {
  return [
    new RegExp(
      String.raw`\b${words}\??(?:\.trimStart\(\))?\.(?:startsWith|endsWith|includes|match|matchAll|search|split|indexOf|lastIndexOf)\(`,
    ),
    new RegExp(String.raw`/\w*\.(?:test|exec)\(\s*(?:\w+\.)*#?${words}\s*,?\s*\)`),
  ];
}

/** Foreign words that come in no other form: one place each. */
const allowed: Readonly<Record<string, string>> = {
  "pipeline/stack/open-stack.ts": "Pulumi's CLI says only in words that a stack exists",
  "pipeline/stack/pulumi-cli.ts": "Pulumi's CLI says only in words that there is no such stack",
  "pipeline/stack/lock.ts":
    "Pulumi's CLI says only in words that a stack is locked; nobody else speaks before the engine begins",
  "pipeline/stack/torn-read.ts":
    "Pulumi's CLI says only in words that it couldn't read a state; nobody else speaks before the engine begins",
  "pipeline/stack/engine-failure.ts":
    "the engine says only in words what it lacks; only what no provider has written is asked",
  "pipeline/stack/engine-events.ts":
    "the frames that the engine writes around its own errors; what the provider said comes from its journal",
  "pipeline/stack/engine-run.ts": "the CLI's own event for Ctrl-C holds nothing but words",
  "pipeline/run/journal.ts": "lines of JSON",
};

export function decisionsIn(code: string, file = ""): string[] {
  const questions = questionsAbout(passing.some((folder) => file.startsWith(folder)) ? anyText : sentence);
  // A call that is broken over lines is one line.
  const lines = code
    .replace(/\(\n\s*/g, "(")
    .replace(/,\n\s*\)/g, ")")
    .replace(/\n\s*\./g, ".")
    .split("\n");
  return lines.filter((line) => questions.some((question) => question.test(line)));
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

test.each([
  ["provider/lifecycle/progress-line.ts", "const restartAwaited = text.endsWith(awaited);"],
  ["provider/lifecycle/progress-line.ts", 'const at = line.lastIndexOf(" ");'],
  ["pipeline/stack/engine-run.ts", "if (/\\^C received/.test(this.#output)) return;"],
])("in %s, finds %s", (file, line) => expect(decisionsIn(line, file)).toEqual([line]));

test("no code decides on the words of a sentence", () => {
  const found = ["provider", "sdk", "pipeline", "cli"]
    .flatMap((folder) => sources(join(root, folder)))
    .filter((file) => !Object.hasOwn(allowed, file))
    .flatMap((file) =>
      decisionsIn(readFileSync(join(root, file), "utf8"), file).map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});

test("every exception is still needed", () => {
  const unneeded = Object.keys(allowed).filter(
    (file) => decisionsIn(readFileSync(join(root, file), "utf8"), file).length === 0,
  );
  expect(unneeded).toEqual([]);
});
