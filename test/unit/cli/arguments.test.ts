import { beforeAll, describe, expect, test, vi } from "vitest";
import { execute, programOf } from "../../../dist/cli/commands/execute.js";
import { commands } from "../../../dist/cli/commands/index.js";
import { runCli } from "../../support/cli.js";

/** A value that each flag refuses, and what it says of it. */
const refused: Readonly<Record<string, readonly [value: string, must: string, example: string]>> = {
  "--wave": ["0", "a whole number of at least 1", "5"],
  "--max-unhealthy": ["some", "a whole number of at least 1", "5"],
  "--stacks-at-once": ["1.5", "a whole number of at least 1", "5"],
  "--to": ["-1", "a whole number of at least 1", "5"],
  "--timeout": ["soon", "a duration", "10m"],
  "--wait-for-lock": ["10", "a duration", "10m"],
  "--format": ["json", "yaml or ts", "yaml"],
  "--port": ["65536", "a whole number from 0 to 65535", "8080"],
  "--start": ["x", "a duration", "500ms"],
  "--stop": ["2", "a duration", "500ms"],
  "--lag": ["-1s", "a duration", "500ms"],
  "--token": ["a b", "a string without spaces", "my-token"],
  "--quirk": [
    "list=maps",
    "one of list=map, list=array, list=refused, list=withoutStatus, list=withoutFields",
    "list=map",
  ],
  "--max-creates": ["", "a whole number of at least 0", "5"],
  "--max-restarts": ["1e3", "a whole number of at least 0", "5"],
  "--max-destroys": ["9999999999", "a whole number of at least 0", "5"],
  "--max-gone": ["-1", "a whole number of at least 0", "5"],
  "--max-restart-percent": ["101", "a number from 0 to 100", "10"],
};

/** Flags that take any text. */
const free =
  "--manifest --project-dir --stack --report --only --exclude --secrets-provider --shard --approve-out --approved --policy --untouchable --also-managed --ignore --events --out --account --project --status --storage --name --for".split(
    " ",
  );

/** Flags that may be given several times; of the limits among them the tightest holds. */
const repeatable =
  "--only --exclude --report --also-managed --ignore --untouchable --quirk --max-creates --max-restarts --max-destroys --max-gone --max-restart-percent".split(
    " ",
  );
const valid: Readonly<Record<string, string>> = {
  "--timeout": "1m",
  "--wait-for-lock": "1m",
  "--start": "1s",
  "--stop": "1s",
  "--lag": "1s",
  "--format": "ts",
  "--quirk": "list=map",
};
const twice = (long: string) => [long, valid[long] ?? "5", long, valid[long] ?? "5"];

const printed = { stdout: "", stderr: "" };
beforeAll(() => {
  for (const stream of ["stdout", "stderr"] as const)
    vi.spyOn(process[stream], "write").mockImplementation((text) => (printed[stream] += String(text)) !== "");
});

async function run(verb: string, ...args: readonly string[]) {
  const row = commands.find((each) => each.verb === verb);
  if (!row) throw new Error(`no command ${verb}`);
  Object.assign(printed, { stdout: "", stderr: "" });
  return { code: await execute(row, args), ...printed };
}

const flagsOf = async ({ verb, summary, load }: (typeof commands)[number]) => {
  const module = await load();
  return { operands: module.operands, flags: programOf(verb, summary, module).options };
};

describe.each(commands)("$verb", (row) => {
  const { verb } = row;
  const misused = (problem: string) => ({
    code: 1,
    stdout: "",
    stderr: `Invalid command line: ${problem}\nNext: Run pulumi-dataspace ${verb} --help, which shows what it takes.\n`,
  });

  test("an unknown flag", async () => {
    const { operands } = await flagsOf(row);
    const given = operands === undefined ? [] : ["acme"];
    expect(await run(verb, ...given, "--unheard-of")).toEqual(misused("unknown option '--unheard-of'."));
    expect(await run(verb, ...given, "--quite")).toEqual(misused("unknown option '--quite'; did you mean --quiet?"));
  });

  test("too many operands, and too few", async () => {
    const { operands } = await flagsOf(row);
    const expected = operands === undefined ? "0 arguments" : "1 argument";
    expect(await run(verb, "a", "b")).toEqual(misused(`too many arguments: expected ${expected} but got 2: a, b.`));
    const lacking = operands === undefined ? [] : [await run(verb)];
    expect(lacking).toEqual(lacking.map(() => misused(`missing required argument '${operands?.slice(1, -1)}'.`)));
  });

  test("a flag without its value, and a value that makes no sense", async () => {
    const { operands, flags } = await flagsOf(row);
    const given = operands === undefined ? [] : ["acme"];
    const valued = flags
      .filter((flag) => flag.required)
      .map((flag) => ({ usage: flag.flags, long: String(flag.long) }));
    for (const { long, usage } of valued)
      expect(await run(verb, ...given, long)).toEqual(misused(`option '${usage}' argument missing.`));
    const checked = valued.filter(({ long }) => !free.includes(long));
    for (const { long } of checked) {
      const [value, must, example] = refused[long] ?? [];
      expect(await run(verb, ...given, `${long}=${value}`)).toEqual({
        code: 1,
        stdout: "",
        stderr: `Invalid ${long}: it must be ${must}.\nNext: Write it like ${long} ${example}.\n`,
      });
    }
  });

  test("a flag with a value that is given twice: no value is dropped in silence", async () => {
    const { operands, flags } = await flagsOf(row);
    const given = operands === undefined ? [] : ["acme"];
    const valued = flags
      .filter(({ required, long }) => required && typeof long === "string")
      .map(({ long }) => String(long));
    for (const long of valued) {
      const { code, stderr } = await run(verb, ...given, ...twice(long), "--unheard-of");
      const mayRepeat = repeatable.includes(long) || (verb === "generate" && long === "--stack");
      const repeats = mayRepeat ? "Invalid command line: unknown option" : `${long} is given more`;
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(`^${repeats}`) as string });
    }
  });

  test("--help says what it does, with an example", async () => {
    const { code, stdout, stderr } = await run(verb, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`\n\n${row.summary}\n\nOptions:\n`);
    expect(stdout).toMatch(new RegExp(`\\n\\nExample: pulumi-dataspace ${verb}\\b.*\\n$`));
  });
});

const missing = {
  stack: "--stack is missing.\nNext: Add --stack <name>.\n",
  to: "--to is missing.\nNext: Add --to <n>.\n",
  both: "--manifest and --project-dir cannot be combined.\nNext: Give only one of them.\n",
};

test.each<[args: readonly string[], stderr: unknown]>([
  ...["preview", "up", "drift", "rotate", "destroy", "unlock", "reshard"].map((verb): [string[], unknown] => [
    [verb, "--manifest", "connectors.yaml"],
    missing.stack,
  ]),
  [["reshard", "--manifest", "connectors.yaml", "--stack", "prod"], missing.to],
  [["up", "--stack", "prod", "--manifest", "a.yaml", "--project-dir", "b"], missing.both],
  [
    ["emulator", "--quirk", "moods=bad"],
    expect.stringMatching(
      /^Invalid --quirk: it must be one of echoSecrets=…, .*\.\nNext: Write it like --quirk echoSecrets=masked\.\n$/,
    ),
  ],
  [["validate", "--manifest", "nowhere.yaml"], expect.stringMatching(/^.+\.\nNext: .+\.\n$/)],
  [["preview", "--stack", "prod", "--manifest", "nowhere.yaml"], expect.stringMatching(/^.+\.\nNext: .+\.\n$/)],
  [
    ["preview", "--stack", "prod", "--project-dir", ".", "--report", "report.doc"],
    expect.stringMatching(/^.+\.\nNext: .+\.\n$/),
  ],
])("%j", async ([verb = "", ...args], stderr) => {
  expect(await run(verb, ...args)).toEqual({ code: 1, stdout: "", stderr });
});

test("of a limit that is given twice the tighter holds, whichever comes last", async () => {
  for (const [first, second] of ["05", "50"]) {
    const row = commands.find(({ verb }) => verb === "up");
    if (!row) throw new Error("no command up");
    const program = programOf(row.verb, row.summary, await row.load());
    program.parse(["--max-creates", String(first), "--max-creates", String(second)], { from: "user" });
    expect(program.opts()["maxCreates"]).toBe(0);
  }
});

test("with --json what is wrong is one document on stdout", async () => {
  const { code, stdout, stderr } = await run("list", "--json", "--unheard-of");
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(JSON.parse(stdout)).toEqual({
    command: "list",
    exitCode: 1,
    errors: [
      "Invalid command line: unknown option '--unheard-of'.\nNext: Run pulumi-dataspace list --help, which shows what it takes.",
    ],
  });
});

describe("a command that isn't there", () => {
  test.each([
    ["ls", ""],
    ["rm", ""],
    ["ps", ""],
    ["u", ""],
    ["lits", "list"],
    ["preveiw", "preview"],
    ["hlep", "help"],
    ["restrat", "restart"],
    ["deploy", ""],
  ])("%s: did you mean %j", async (word, meant) => {
    expect(await runCli([word])).toEqual({
      code: 1,
      stdout: "",
      stderr: `There is no command "${word}"${meant === "" ? "." : `; did you mean ${meant}?`}\nNext: Run pulumi-dataspace --help, which lists the commands.\n`,
    });
  });
});

describe("help and version are commands", () => {
  test("help is --help, and help of a command is the command's", async () => {
    const [help, flag, nothing] = await Promise.all([runCli(["help"]), runCli(["--help"]), runCli([])]);
    expect(help).toEqual(flag);
    expect(nothing).toEqual(flag);
    expect(help.stdout).toMatch(/^ {2}help {6}describe a command/m);
    const [command, itsFlag] = await Promise.all([runCli(["help", "list"]), runCli(["list", "--help"])]);
    expect(command).toEqual(itsFlag);
    expect(command.stdout).toMatch(/^Usage: pulumi-dataspace list \[options\]\n/);
    expect((await runCli(["help", "ls"])).stderr).toMatch(/^There is no command "ls"\.\nNext: /);
  });

  test("version is --version", async () => {
    const outcomes = await Promise.all([runCli(["version"]), runCli(["--version"]), runCli(["-V"])]);
    for (const outcome of outcomes) expect(outcome).toEqual({ code: 0, stdout: "0.1.0\n", stderr: "" });
    expect(JSON.parse((await runCli(["version", "--json"])).stdout)).toEqual({ version: "0.1.0" });
  });
});
