import { Option } from "commander";
import { Emulator, quirkValues, type EmulatorOptions, type Quirks } from "../../emulator/index.js";
import type { CommandModule } from "./command.js";
import { duration, given, oneOf, read, repeating, valueFlag, wholeNumber, type Flags, type Kind } from "./flags.js";

const time: Kind<number> = { ...duration, example: "500ms" };

const port: Kind<number> = { ...wholeNumber(0, 65_535), example: "8080" };

const token: Kind<string> = {
  must: "a string without spaces",
  example: "my-token",
  parse: (text) => (/^[\x21-\x7e]+$/.test(text) ? text : undefined),
};

export const command: CommandModule = {
  example: "pulumi-dataspace emulator --start 5s --quirk echoSecrets=masked",
  define: (command) =>
    command
      .addOption(valueFlag("--port <n>", "a port on this machine; default: any free one", port))
      .addOption(valueFlag("--start <time>", "how long a start takes until RUNNING", time, "2s"))
      .addOption(valueFlag("--stop <time>", "how long a stop takes until STOPPED", time, "500ms"))
      .addOption(valueFlag("--lag <time>", "how long an edit still shows RUNNING before it restarts", time, "300ms"))
      .addOption(valueFlag("--token <text>", "the token that it accepts; default: a random one", token))
      .addOption(
        new Option(
          "--quirk <name=value>",
          `how the service behaves (repeatable): ${Object.keys(quirkValues).join(", ")}`,
        )
          .default({}, "none")
          .argParser(repeating(withQuirk)),
      )
      .option("--with-parent", "end when stdin ends"),
  async run({ flags, terminal, signal }) {
    const emulator = await started(flags);
    const { endpoint, token: accepted } = emulator;
    terminal.print(
      terminal.json
        ? JSON.stringify({ endpoint, token: accepted })
        : `The emulator is running. Point a program at it with:

export DATASPACE_ENDPOINT=${endpoint}
export DATASPACE_TOKEN=${accepted}

It keeps nothing when it ends. To end it, press Ctrl-C.`,
    );
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (flags["withParent"] === true) process.stdin.once("end", resolve).resume();
      if (signal.aborted) resolve();
    });
    process.stdin.pause();
    await emulator.close();
    return { exitCode: 0, document: undefined, text: "" };
  },
};

/** @throws Error where it can't listen on the port */
async function started(flags: Flags): Promise<Emulator> {
  const { port: wanted = 0, quirk: quirks } = flags as { readonly port?: number; readonly quirk: Partial<Quirks> };
  const { start, stop, lag } = flags as Record<"start" | "stop" | "lag", number>;
  try {
    return await Emulator.start({
      port: wanted,
      startMs: start,
      stopMs: stop,
      lagMs: lag,
      quirks,
      ...given<EmulatorOptions>(flags, "token"),
    });
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Error(
      `Could not start the emulator on port ${wanted} (${code}).\nNext: Give --port another port, or leave it out for any free one.`,
      { cause: error },
    );
  }
}

function withQuirk(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [name = ""] = text.split("=");
  const values = Object.entries(quirkValues).find(([each]) => each === name)?.[1];
  const kind = values
    ? oneOf(...values.map((value) => `${name}=${value}`))
    : { ...oneOf(...Object.keys(quirkValues).map((each) => `${each}=…`)), example: "echoSecrets=masked" };
  return { ...before, [name]: read("--quirk", text, kind).slice(name.length + 1) };
}
