import type { CommandRow } from "./command.js";

const onStacks = () => import("./on-stacks.js");
const power = () => import("./power.js");

/** One row per command; none is loaded before it is called. */
export const commands: readonly CommandRow[] = [
  {
    verb: "validate",
    summary: "check a manifest offline",
    load: async () => (await import("./validate.js")).command,
  },
  {
    verb: "preview",
    summary: "show what up would change, connector by connector",
    load: async () => (await onStacks()).preview,
  },
  {
    verb: "up",
    summary: "create, update and delete connectors as declared",
    load: async () => (await onStacks()).up,
  },
  {
    verb: "drift",
    summary: "compare the service with state; changes neither",
    load: async () => (await onStacks()).drift,
  },
  {
    verb: "rotate",
    summary: "rotate changed credentials in waves, with rollback",
    load: async () => (await onStacks()).rotate,
  },
  {
    verb: "destroy",
    summary: "take down the connectors of a stack",
    load: async () => (await onStacks()).destroy,
  },
  {
    verb: "unlock",
    summary: "show who holds a stack's lock, and remove it",
    load: async () => (await import("./unlock.js")).command,
  },
  {
    verb: "reshard",
    summary: "spread a manifest's connectors over a different number of stacks",
    load: async () => (await import("./reshard.js")).command,
  },
  {
    verb: "generate",
    summary: "write a program or manifest that adopts an account's connectors",
    load: async () => (await import("./generate.js")).command,
  },
  {
    verb: "schema",
    summary: "print the manifest's JSON Schema, for editors and other tools",
    load: async () => (await import("./schema.js")).command,
  },
  {
    verb: "list",
    summary: "list the connectors of an account",
    load: async () => (await import("./list.js")).command,
  },
  {
    verb: "status",
    summary: "show one connector, or follow it",
    load: async () => (await import("./status.js")).command,
  },
  {
    verb: "wait",
    summary: "wait until a connector has a given status",
    load: async () => (await import("./wait.js")).command,
  },
  {
    verb: "start",
    summary: "start connectors",
    load: async () => (await power()).start,
  },
  {
    verb: "stop",
    summary: "stop connectors",
    load: async () => (await power()).stop,
  },
  {
    verb: "restart",
    summary: "restart connectors in waves",
    load: async () => (await power()).restart,
  },
  {
    verb: "fail",
    summary: "force a stuck connector into FAILED",
    load: async () => (await power()).fail,
  },
  {
    verb: "doctor",
    summary: "check everything a run needs",
    load: async () => (await import("./doctor.js")).command,
  },
  {
    verb: "emulator",
    summary: "start a local stand-in for the service, to try programs against",
    load: async () => (await import("./emulator.js")).command,
  },
  {
    verb: "version",
    summary: "print the version of this package",
    load: async () => (await import("./version.js")).command,
  },
];
