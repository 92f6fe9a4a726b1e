import { registerSecret, registerWhole } from "../errors/redact.js";
import { isCredentialName, labelOf } from "../model/credential-name.js";
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
    if (value === undefined) return { problem: `${subject} does not give JSON with a value at ${key}; check the key` };
    // Whatever its name: the reference says that it is a credential.
    if (typeof value === "string") registerSecret(value);
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

/**
 * The credentials in a vault's answer must never be shown, whether they are used or not. What stands beside them (region,
 * bucket, name) is no secret: messages need it.
 */
function registerAll(text: string): void {
  registerWhole(text);
  const json = parseJson(text);
  if (typeof json === "object" && json !== null) registerCredentials(json, "");
}

/** Names that say nothing of their own: what is above them counts. `password: { current: "…" }`. */
const neutral = new Set("value current previous latest read write primary secondary".split(" "));
/** What a vault says about a credential: `token_type`, `secret_version`. */
const about = /(type|kind|version|policy|policies|ttl|expiry|expires|expiration|created|updated)$/i;

function registerCredentials(value: unknown, name: string): void {
  if (Array.isArray(value)) value.forEach((each) => registerCredentials(each, name));
  else if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value);
    const label = labelOf(entries);
    for (const [key, each] of entries)
      registerCredentials(each, neutral.has(key.toLowerCase()) ? (label ?? name) : key);
  } else if (typeof value === "string" && value.length >= shortest && isCredentialName(name) && !about.test(name))
    registerSecret(value);
}

/** Shorter texts in an answer are words like "kv" or "true"; one that is used is registered all the same. */
const shortest = 8;

function selected(text: string, key: string): unknown {
  let value = parseJson(text);
  for (const part of key.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value ?? undefined;
}
