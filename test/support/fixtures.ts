import { test as plain } from "vitest";
import { Emulator, type EmulatorOptions } from "../../emulator/index.js";
import { beginCli, runCli } from "./cli.js";
import { TestStack } from "./engine.js";
import { Folder } from "./folder.js";

/**
 * What the tests of commands and of the real engine work with. Each test gets its own of whatever it names, and all of it is
 * gone afterwards. How the emulator behaves is a file's or a group's choice: `test.override("emulatorOptions", { startMs: 300 })`.
 * STARTING and STOPPING last until a look has shown them: no test has to be quick enough to see them.
 */
export const test = plain
  .extend("emulatorOptions", {} as EmulatorOptions)
  .extend("emulator", async ({ emulatorOptions }, { onCleanup }) => {
    const emulator = await Emulator.start({ holdUntilSeen: ["STARTING", "STOPPING"], ...emulatorOptions });
    onCleanup(() => emulator.close());
    return emulator;
  })
  /** An empty stack of the real engine. */
  .extend("stack", async ({ emulator }, { onCleanup }) => {
    const stack = await TestStack.create(emulator);
    onCleanup(() => stack.remove());
    return stack;
  })
  // oxlint-disable-next-line no-empty-pattern -- vitest reads from this pattern what a fixture needs
  .extend("folder", async ({}, { onCleanup }) => {
    const folder = await Folder.create();
    onCleanup(() => folder.remove());
    return folder;
  })
  /** The environment that leads a command to the emulator. */
  .extend("env", ({ emulator }) => ({ DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token }))
  /** Runs the built command at the emulator. */
  .extend(
    "run",
    ({ env }) =>
      (...args: readonly string[]) =>
        runCli(args, { env }),
  )
  /** Begins the built command at the emulator, and lets it run. */
  .extend(
    "begin",
    ({ env }) =>
      (...args: readonly string[]) =>
        beginCli(args, { env }),
  );
