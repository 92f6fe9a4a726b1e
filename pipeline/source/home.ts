import { homedir } from "node:os";
import { isAbsolute } from "node:path";
import { ConnectorError } from "../../provider/errors/connector-error.js";

/**
 * Sees to it that this process and those that it starts can tell where home is, and who asks. Where `HOME` is not set for a user
 * that the machine doesn't know, Pulumi's SDK throws as it is loaded, and its CLI makes no stack without `USER` (both observed).
 * Pulumi's own folder and the user's number will do.
 *
 * @throws ConnectorError `STACK_UNUSABLE` where there is no folder
 */
export function requireHome(): void {
  try {
    homedir();
  } catch {
    const { PULUMI_HOME: folder = "" } = process.env;
    if (!isAbsolute(folder)) throw noHome();
    process.env["HOME"] = folder;
    process.env["USER"] ??= String(process.getuid?.() ?? "unknown");
  }
}

function noHome(): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: "There is no home folder: HOME is not set, and this machine doesn't know the user.",
    next: "Set HOME, or PULUMI_HOME, to a folder that you may write to.",
  });
}
