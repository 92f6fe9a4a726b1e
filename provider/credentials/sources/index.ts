import type { Source } from "../../model/reference.js";
import { readCommand } from "./command.js";
import { readEnv } from "./env.js";
import { readFileText } from "./file.js";

/** What a source gave: a text, or what is wrong with it as a clause after `the file …`. */
export type Answer = { readonly text: string; readonly warning?: string } | { readonly problem: string };

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/** Reads one source, once. Never throws. */
export function readSource(source: Source, surroundings: Surroundings): Promise<Answer> {
  if ("env" in source) return Promise.resolve(readEnv(source.env, surroundings.environment));
  if ("file" in source) return readFileText(source.file);
  return readCommand(source, surroundings);
}
