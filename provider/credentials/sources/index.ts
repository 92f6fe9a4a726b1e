import type { Answer, SourceContext } from "./source.js";
import type { Source } from "../../model/reference.js";
import { readCommand } from "./command.js";
import { readEnv } from "./env.js";
import { readFileText } from "./file.js";

/** Reads one source, once. Never throws. */
export function readSource(source: Source, sourceContext: SourceContext): Promise<Answer> {
  if ("env" in source) return Promise.resolve(readEnv(source.env, sourceContext.environment));
  if ("file" in source) return readFileText(source.file);
  return readCommand(source, sourceContext);
}
