import type { ConnectorError } from "../../provider/errors/connector-error.js";
import type { EngineResult } from "./engine-run.js";
import { engineFailed, noLanguageHost, programNeverRan } from "./messages.js";

/** The error of a run that failed without coming to any connector; `undefined` when it did. */
export function engineFailure(command: string, stack: string, result: EngineResult): ConnectorError | undefined {
  if (result.ok || result.interrupted) return undefined;
  if (result.programNeverRan) return programNeverRan(command, stack);
  // The provider's process ran: what is said of a host that could not be loaded is said by a service.
  if (result.errors.some(({ ours }) => ours)) return undefined;
  const host =
    /no language plugin 'pulumi-language-(\w+)'|could not load language plugin for (\w+)|failed to load language plugin (\w+)/i.exec(
      result.output,
    );
  if (host) return noLanguageHost(host[1] ?? host[2] ?? host[3] ?? "it");
  if (result.errors.some(({ key }) => key !== undefined)) return undefined;
  const why = result.errors.map(({ text }) => text).join("; ") || lastLines(result.output);
  return engineFailed(command, stack, why);
}

function lastLines(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^error:/i.test(line));
  return (lines.length > 0 ? lines : output.trim().split("\n")).slice(-3).join(" ").slice(0, 500);
}
