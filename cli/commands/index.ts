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
    verb: "schema",
    summary: "print the manifest's JSON Schema, for editors and other tools",
    load: () => import("./schema.js"),
  },
  {
    verb: "emulator",
    summary: "start a local stand-in for the service, to try programs against",
    load: () => import("./emulator.js"),
  },
];
