import { type Command, Option } from "commander";
import { parseDuration } from "../../pipeline/index.js";

/** Flags by their camel-cased names; each has the type that its {@link Kind} gives. */
export type Flags = Readonly<Record<string, unknown>>;

/** A kind of value that a flag takes. */
export interface Kind<T> {
  /** What it must be, e.g. `a whole number of at least 1`. */
  readonly must: string;
  /** A valid one. */
  readonly example: string;
  /** `undefined`: the text is not valid. */
  readonly parse: (text: string) => T | undefined;
}

export const duration: Kind<number> = { must: "a duration", example: "10m", parse: parseDuration };

export const percent: Kind<number> = {
  must: "a number from 0 to 100",
  example: "10",
  parse: (text) => (/^\d{1,3}(\.\d+)?$/.test(text) && Number(text) <= 100 ? Number(text) : undefined),
};

export function wholeNumber(least: number, most = 999_999_999): Kind<number> {
  return {
    must: most === 999_999_999 ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`,
    example: "5",
    parse: (text) =>
      /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined,
  };
}

export function oneOf<T extends string>(...values: readonly T[]): Kind<T> {
  return {
    must: values.length === 2 ? values.join(" or ") : `one of ${values.join(", ")}`,
    example: values[0] ?? "",
    parse: (text) => values.find((value) => value === text),
  };
}

/** A flag with a value. @throws Error when parsed, with a sentence that names the flag */
export function valueFlag<T>(usage: string, help: string, kind: Kind<T>, byDefault?: string): Option {
  const [name = ""] = usage.split(" ");
  const option = new Option(usage, help).argParser((text) => read(name, text, kind));
  return byDefault === undefined ? option : option.default(read(name, byDefault, kind), byDefault);
}

/** The value of a flag. @throws Error that says what is valid */
export function read<T>(flag: string, text: string, { must, example, parse }: Kind<T>): T {
  const value = parse(text);
  if (value === undefined)
    throw new Error(`Invalid ${flag}: it must be ${must}.\nNext: Write it like ${flag} ${example}.`);
  return value;
}

/** The value of a flag without which a command can't run. @throws Error where it is missing */
export function required<T>(flags: Flags, usage: string): T {
  const value = flags[new Option(usage).attributeName()];
  if (value === undefined) throw new Error(`${usage.split(" ")[0]} is missing.\nNext: Add ${usage}.`);
  return value as T;
}

const repeatable = new WeakSet<object>();

/** A parser of a flag that may be given several times: it makes one value of them. */
export function repeating<P extends object>(parser: P): P {
  repeatable.add(parser);
  return parser;
}

/** For repeatable flags. */
export const collect = repeating((value: string, before: readonly string[] = []): string[] => [...before, value]);

/** A limit: of several, the tightest holds. */
export function limitFlag(usage: string, help: string, kind: Kind<number>): Option {
  const [name = ""] = usage.split(" ");
  const tightest = (text: string, before = Infinity) => Math.min(before, read(name, text, kind));
  return new Option(usage, help).argParser(repeating(tightest));
}

/** Has any other flag with a value refused when it is given again: the first value would be dropped in silence. */
export function refuseTwice(command: Command): void {
  for (const option of command.options) {
    if (!option.required || (option.parseArg && repeatable.has(option.parseArg))) continue;
    let times = 0;
    command.on(`option:${option.name()}`, () => {
      if (++times > 1) throw new Error(`${option.long} is given more than once.\nNext: Give it once.`);
    });
  }
}

/** Those of these flags that have a value, ready to be spread into the library's options of the same names. */
export function given<Options>(flags: Flags, ...names: readonly (keyof Options & string)[]): Partial<Options> {
  return Object.fromEntries(
    names.flatMap((name) => (flags[name] === undefined ? [] : [[name, flags[name]]])),
  ) as Partial<Options>;
}

/** The flags of commands that restart connectors wave after wave. */
export function addWaveFlags(command: Command): Command {
  return command
    .addOption(valueFlag("--wave <n>", "how many connectors restart together", wholeNumber(1), "5"))
    .addOption(valueFlag("--max-unhealthy <n>", "stop starting waves after this many failures", wholeNumber(1), "1"));
}
