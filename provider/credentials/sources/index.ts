import { resolve } from "node:path";
import { rowOf, type Source, type SourceKind } from "../../model/sources.js";
import { readCommand } from "./command.js";
import { readEnv } from "./env.js";
import { readFileText } from "./file.js";
import type { Answer, SourceContext } from "./source.js";

/** One row per source: reads it once, and never throws. */
const readers: {
  readonly [Kind in SourceKind]: (
    source: Extract<Source, Readonly<Record<Kind, unknown>>>,
    context: SourceContext,
  ) => Answer | Promise<Answer>;
} = {
  env: ({ env }, { environment }) => readEnv(env, environment),
  file: ({ file }, { folder = "" }) => readFileText(resolve(folder, file)),
  command: readCommand,
};

export async function readSource(source: Source, context: SourceContext): Promise<Answer> {
  const read = readers[rowOf(source).kind] as (source: Source, context: SourceContext) => Answer | Promise<Answer>;
  return read(source, context);
}
