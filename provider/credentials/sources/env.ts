import { withoutMark } from "../../model/utf8.js";
import type { Answer } from "./source.js";

export function readEnv(name: string, environment: NodeJS.ProcessEnv): Answer {
  const text = environment[name];
  return text === undefined || text === "" ? { problem: "is not set; set it" } : { text: withoutMark(text) };
}
