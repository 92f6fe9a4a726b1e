import { noToken } from "../errors/messages/token.js";
import { registerSecret } from "../errors/redact.js";
import { describe } from "../model/reference.js";
import { bareToken } from "../model/utf8.js";
import type { Source } from "../model/sources.js";
import { readSource } from "./sources/index.js";
import type { SourceContext } from "./sources/source.js";

/**
 * The token that a file or a command gives now.
 *
 * @throws ConnectorError `SETTINGS_INVALID` when there is none, or something that no token can be.
 */
export async function readToken(
  { source, variable }: { readonly source: Source; readonly variable: string },
  sourceContext: SourceContext,
): Promise<{ token: string; warning?: string }> {
  const answer = await readSource(source, sourceContext);
  if ("problem" in answer) throw noToken(variable, `${describe(source)} ${answer.problem}`);
  const token = bareToken(answer.text);
  registerSecret(token);
  const warning = answer.warning === undefined ? {} : { warning: `${variable}: ${describe(source)} ${answer.warning}` };
  if (/^[\x21-\x7e]+$/.test(token)) return { token, ...warning };
  throw noToken(variable, `${describe(source)} gives ${token === "" ? "nothing" : "a value that can't be a token"}`);
}
