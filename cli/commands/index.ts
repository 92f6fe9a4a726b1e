import type { CommandModule } from "./command.js";

interface Row {
  readonly verb: string;
  readonly summary: string;
  /** Loads the command. */
  readonly load: () => Promise<{ readonly command: CommandModule }>;
}

/** One row per command; none is loaded before it is called. */
export const commands: readonly Row[] = [
  {
    verb: "validate",
    summary: "check a manifest, wholly offline",
    load: () => import("./validate.js"),
  },
  {
    verb: "preview",
    summary: "what up would do, in the connectors' own terms",
    load: () => import("./preview.js"),
  },
  {
    verb: "up",
    summary: "bring the connectors to what is declared",
    load: () => import("./up.js"),
  },
  {
    verb: "drift",
    summary: "compare the service with state, and change neither",
    load: () => import("./drift.js"),
  },
  {
    verb: "rotate",
    summary: "push changed credentials in waves, with a way back",
    load: () => import("./rotate.js"),
  },
  {
    verb: "destroy",
    summary: "take down what a stack holds",
    load: () => import("./destroy.js"),
  },
  {
    verb: "unlock",
    summary: "show who holds a stack's lock, and take it away",
    load: () => import("./unlock.js"),
  },
  {
    verb: "reshard",
    summary: "spread a manifest's connectors over another number of stacks",
    load: () => import("./reshard.js"),
  },
  {
    verb: "generate",
    summary: "write a program or manifest that takes over an account's connectors",
    load: () => import("./generate.js"),
  },
  {
    verb: "schema",
    summary: "print the manifest's JSON Schema, for editors and other tools",
    load: () => import("./schema.js"),
  },
  {
    verb: "list",
    summary: "list the connectors of an account",
    load: () => import("./list.js"),
  },
  {
    verb: "status",
    summary: "show one connector, or follow it",
    load: () => import("./status.js"),
  },
  {
    verb: "wait",
    summary: "wait until a connector has a status",
    load: () => import("./wait.js"),
  },
  {
    verb: "start",
    summary: "start connectors",
    load: () => import("./start.js"),
  },
  {
    verb: "stop",
    summary: "stop connectors",
    load: () => import("./stop.js"),
  },
  {
    verb: "restart",
    summary: "restart connectors, wave after wave",
    load: () => import("./restart.js"),
  },
  {
    verb: "fail",
    summary: "force a connector that is stuck into FAILED",
    load: () => import("./fail.js"),
  },
  {
    verb: "doctor",
    summary: "look at all that a run needs, and say what to do",
    load: () => import("./doctor.js"),
  },
  {
    verb: "emulator",
    summary: "start a local stand-in for the service, to try programs against",
    load: () => import("./emulator.js"),
  },
];
