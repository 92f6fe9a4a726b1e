import type { CommandModule, CommandRow } from "./command.js";

const onStacks = () => import("./on-stacks.js");
const power = () => import("./power.js");

/** One row per command; none is loaded before it is called. */
export const commands: readonly CommandRow[] = [
  row("validate", "check a manifest offline", () => import("./validate.js")),
  row("preview", "show what up would change, connector by connector", async () => (await onStacks()).preview),
  row("up", "create, update and delete connectors as declared", async () => (await onStacks()).up),
  row("drift", "compare the service with state; changes neither", async () => (await onStacks()).drift),
  row("rotate", "rotate changed credentials in waves, with rollback", async () => (await onStacks()).rotate),
  row("destroy", "take down the connectors of a stack", async () => (await onStacks()).destroy),
  row("unlock", "show who holds a stack's lock, and remove it", () => import("./unlock.js")),
  row("reshard", "spread a manifest's connectors over a different number of stacks", () => import("./reshard.js")),
  row("generate", "write a program or manifest that adopts an account's connectors", () => import("./generate.js")),
  row("schema", "print the manifest's JSON Schema, for editors and other tools", () => import("./schema.js")),
  row("list", "list the connectors of an account", () => import("./list.js")),
  row("status", "show one connector, or follow it", () => import("./status.js")),
  row("wait", "wait until a connector has a given status", () => import("./wait.js")),
  row("start", "start connectors", async () => (await power()).start),
  row("stop", "stop connectors", async () => (await power()).stop),
  row("restart", "restart connectors in waves", async () => (await power()).restart),
  row("fail", "force a stuck connector into FAILED", async () => (await power()).fail),
  row("doctor", "check everything a run needs", () => import("./doctor.js")),
  row("emulator", "start a local stand-in for the service, to try programs against", () => import("./emulator.js")),
  row("version", "print the version of this package", () => import("./version.js")),
];

/** @param load the command, or the module that holds it alone */
function row(
  verb: string,
  summary: string,
  load: () => Promise<CommandModule | { readonly command: CommandModule }>,
): CommandRow {
  const command = async () => {
    const loaded = await load();
    return "command" in loaded ? loaded.command : loaded;
  };
  return { verb, summary, load: command };
}
