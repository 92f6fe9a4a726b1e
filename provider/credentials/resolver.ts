import { registerSecret } from "../errors/redact.js";
import { parseJson } from "../model/json.js";
import { describe, type Reference } from "../model/reference.js";
import type { Source } from "../model/sources.js";
import { readSource } from "./sources/index.js";
import type { Answer } from "./sources/source.js";
import type { SourceContext } from "./sources/source.js";

/** What a reference stands for, or the sentence that says why it can't be told. */
export type Resolved = { readonly value: unknown; readonly warning?: string } | { readonly problem: string };

/** Follows references: each distinct source is read once in a process, all of them at the same time. */
export class Resolver {
  readonly #answers = new Map<string, Promise<Answer>>();

  constructor(private readonly sourceContext: SourceContext) {}

  async resolve({ source, key }: Reference): Promise<Resolved> {
    const answer = await this.#read(source);
    const subject = describe(source);
    if ("problem" in answer) return { problem: `${subject} ${answer.problem}` };
    const warning = answer.warning === undefined ? {} : { warning: `${subject} ${answer.warning}` };
    if (key === undefined) return { value: answer.text, ...warning };
    const value = selected(answer.text, key);
    if (value === undefined) return { problem: `${subject} gives no JSON with a value at ${key}; check the key` };
    return { value, ...warning };
  }

  #read(source: Source): Promise<Answer> {
    const name = JSON.stringify(source);
    const known = this.#answers.get(name);
    if (known) return known;
    const reading = readSource(source, this.sourceContext).then((answer) => {
      if ("text" in answer) registerAll(answer.text);
      return answer;
    });
    this.#answers.set(name, reading);
    return reading;
  }
}

/** Everything that a vault's answer holds must never be shown, whether it is used or not. */
function registerAll(text: string): void {
  registerSecret(text);
  const json = parseJson(text);
  if (typeof json === "object" && json !== null) registerValues(json);
}

function registerValues(value: unknown): void {
  // Short texts in an answer are words like "kv" or "true", not secrets.
  if (typeof value === "string" && value.length >= 8) registerSecret(value);
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(registerValues);
}

function selected(text: string, key: string): unknown {
  let value = parseJson(text);
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? undefined;
}
