import { parseArgs } from "node:util";
import { Emulator } from "./emulator.js";
import { quirkValues, type Quirks } from "./quirks.js";

export const emulatorHelp = `pulumi-dataspace emulator: a local stand-in for the service, to try programs against

  --port N        port on this machine (default: any free one)
  --start 2s      from a start to RUNNING (default 2s)
  --stop 500ms    from a stop to STOPPED (default 500ms)
  --lag 300ms     how long RUNNING is still shown after an edit, before the restart (default 300ms)
  --token TEXT    the token it asks for (default: a random one)
  --quirk NAME=VALUE   a habit of the service, repeatable: ${Object.keys(quirkValues).join(", ")}
  --with-parent   ends when stdin does

Example: pulumi-dataspace emulator --start 5s --quirk echoSecrets=masked`;

/** Runs until it is interrupted. Gives the exit code. */
export async function runEmulator(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      port: { type: "string", default: "0" },
      start: { type: "string", default: "2s" },
      stop: { type: "string", default: "500ms" },
      lag: { type: "string", default: "300ms" },
      token: { type: "string" },
      quirk: { type: "string", multiple: true, default: [] },
      "with-parent": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return (console.log(emulatorHelp), 0);
  const emulator = await Emulator.start({
    port: Number(values.port),
    startMs: milliseconds(values.start),
    stopMs: milliseconds(values.stop),
    lagMs: milliseconds(values.lag),
    quirks: Object.fromEntries(values.quirk.map(quirkOf)) as Partial<Quirks>,
    ...(values.token === undefined ? {} : { token: values.token }),
  });
  console.log(`The emulator is running. Point a program at it with:\n`);
  console.log(`export DATASPACE_ENDPOINT=${emulator.endpoint}`);
  console.log(`export DATASPACE_TOKEN=${emulator.token}\n`);
  console.log("It forgets everything when it ends: Ctrl-C.");
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
    if (values["with-parent"]) process.stdin.once("end", resolve).resume();
  });
  process.stdin.pause();
  await emulator.close();
  return 0;
}

function milliseconds(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (!match) throw new Error(`"${text}" is not a duration; write it like "500ms" or "2s"`);
  return Number(match[1]) * { ms: 1, s: 1_000, m: 60_000 }[match[2] as "ms" | "s" | "m"];
}

function quirkOf(text: string): [string, string] {
  const [name = "", value = ""] = text.split("=");
  const values: readonly string[] | undefined = Object.hasOwn(quirkValues, name)
    ? quirkValues[name as keyof Quirks]
    : undefined;
  if (!values) throw new Error(`there is no quirk "${name}"; there are ${Object.keys(quirkValues).join(", ")}`);
  if (!values.includes(value)) throw new Error(`quirk ${name} is one of ${values.join(", ")}`);
  return [name, value];
}
