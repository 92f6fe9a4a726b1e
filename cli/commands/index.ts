interface Command {
  readonly verb: string;
  readonly summary: string;
  /** Loads the command, which takes its arguments and gives the exit code. */
  load(): Promise<(argv: readonly string[]) => Promise<number>>;
}

/** One row per command; none is loaded before it is called. */
export const commands: readonly Command[] = [
  {
    verb: "emulator",
    summary: "start a local stand-in for the service, to try programs against",
    load: async () => (await import("../../emulator/main.js")).runEmulator,
  },
];
