import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, type ScalarTag } from "yaml";
import { execute, programOf } from "../../cli/commands/execute.ts";
import { commands } from "../../cli/commands/index.ts";
import { actionlint, hasGo } from "../support/actionlint.ts";

/** The files under examples/ci: good as workflows, and every command and flag in them exists. */

const folder = new URL("../../examples/ci/", import.meta.url).pathname;
const filesIn = (of: string) =>
  readdirSync(join(folder, of))
    .filter((name) => name.endsWith(".yml"))
    .map((name) => `${of}/${name}`);
const textOf = (file: string) => readFileSync(join(folder, file), "utf8");

const reference = {
  tag: "!reference",
  collection: "seq",
  resolve: (value: unknown) => value,
} as unknown as ScalarTag;

interface Job {
  readonly steps?: readonly { readonly run?: string }[];
  readonly script?: readonly unknown[];
  readonly before_script?: readonly unknown[];
  readonly after_script?: readonly unknown[];
}

/** All the shell that a file has, line by line, continued lines joined. */
function shellOf(file: string): string[] {
  const { jobs, ...rest } = parse(textOf(file), { customTags: [reference] }) as { jobs?: Record<string, Job> } & Record<
    string,
    Job
  >;
  return Object.values(jobs ?? rest)
    .filter((job): job is Job => typeof job === "object" && job !== null)
    .flatMap(({ steps = [], script = [], before_script = [], after_script = [] }) => [
      ...steps.map(({ run = "" }) => run),
      ...[...before_script, ...script, ...after_script].filter((line) => typeof line === "string"),
    ])
    .flatMap((text) => text.replace(/\\\n\s*/g, "").split("\n"))
    .map((line) => line.trim());
}

const values: Readonly<Record<string, string>> = {
  "${{ matrix.shard }}": "1",
  $CI_NODE_INDEX: "1",
  $CI_NODE_TOTAL: "4",
  $ONLY: "*",
  $WAVE: "5",
};

/** `["preview", "--stack", "prod", …]` for every `pulumi-dataspace` that a file's shell runs. */
function commandsOf(file: string): string[][] {
  return shellOf(file).flatMap((line) => {
    const [, args] = /^(?:exec )?pulumi-dataspace (.*)$/.exec(line) ?? [];
    if (args === undefined) return [];
    const filled = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), args);
    return [(filled.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ""))];
  });
}

const github = filesIn("github");
const gitlab = filesIn("gitlab");

test.each<[file: string, lines: string[]]>([
  [
    "github/connectors-preview.yml",
    [
      "validate --manifest connectors.yaml",
      "preview --manifest connectors.yaml --stack prod --report preview.md --report preview.html --approve-out approval.json",
    ],
  ],
  [
    "github/connectors-up.yml",
    [
      "up --manifest connectors.yaml --stack prod --yes --approved approved/approval.json --wait-for-lock 10m --report up.md --report up.html",
    ],
  ],
  [
    "github/connectors-fleet.yml",
    [
      "up --manifest connectors.yaml --stack prod --shard 1/4 --yes --approved approved/approval.json --wait-for-lock 10m --report up.md --report up.html",
    ],
  ],
  ["github/connectors-drift.yml", ["drift --manifest connectors.yaml --stack prod --report drift.md"]],
  [
    "github/connectors-rotate.yml",
    [
      "rotate --manifest connectors.yaml --stack prod --yes --only * --wave 5 --wait-for-lock 10m --report rotate.md --report rotate.html",
    ],
  ],
  [
    "gitlab/.gitlab-ci.yml",
    [
      "validate --manifest connectors.yaml",
      "preview --manifest connectors.yaml --stack prod --report preview.md --report preview.html --approve-out approval.json",
      "up --manifest connectors.yaml --stack prod --yes --approved approval.json --wait-for-lock 10m --report up.md --report up.html",
      "drift --manifest connectors.yaml --stack prod --report drift.md --report drift.html",
      "rotate --manifest connectors.yaml --stack prod --yes --only * --wave 5 --wait-for-lock 10m --report rotate.md --report rotate.html",
    ],
  ],
  [
    "gitlab/fleet.gitlab-ci.yml",
    [
      "up --manifest connectors.yaml --stack prod --shard 1/4 --yes --approved approval.json --wait-for-lock 10m --report up.md --report up.html",
    ],
  ],
])("%s runs", (file, lines) => {
  expect(commandsOf(file).map((words) => words.join(" "))).toEqual(lines);
});

test("the table above has every file", () => {
  expect([...github, ...gitlab].toSorted()).toEqual([
    "github/connectors-drift.yml",
    "github/connectors-fleet.yml",
    "github/connectors-preview.yml",
    "github/connectors-rotate.yml",
    "github/connectors-up.yml",
    "gitlab/.gitlab-ci.yml",
    "gitlab/fleet.gitlab-ci.yml",
  ]);
});

describe.each([...github, ...gitlab])("%s", (file) => {
  test.each(commandsOf(file).map((words) => [words.join(" "), words] as const))(
    "the command takes: %s",
    async (_, [verb = "", ...args]) => {
      const row = commands.find((each) => each.verb === verb);
      if (!row) throw new Error(`there is no command ${verb}`);
      // Commander throws for a flag or an operand that isn't there.
      expect(programOf(verb, row.summary, await row.load()).parse(args, { from: "user" }).args).toEqual([]);
    },
  );
});

test("a manifest and a policy to begin with are valid", async () => {
  const row = commands.find(({ verb }) => verb === "validate");
  if (!row) throw new Error("there is no command validate");
  expect(await execute(row, ["--quiet", "--manifest", join(folder, "connectors.yaml")])).toBe(0);
});

describe("workflows", () => {
  if (!hasGo)
    console.warn("Skipped: actionlint over examples/ci/github, because there is no Go here to build it with.");

  test.skipIf(!hasGo)("actionlint has nothing against them", () => {
    const { status, stdout, stderr } = spawnSync(
      actionlint(),
      // What else it would call is not everywhere.
      ["-no-color", "-shellcheck=", "-pyflakes=", ...github.map((file) => join(folder, file))],
      { encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test.each(github)("%s pins its actions, and puts nothing from outside into its shell", (file) => {
    const text = textOf(file);
    const uses = text.match(/uses: .*/g) ?? [];
    expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
    const expressions = shellOf(file).flatMap((line) => line.match(/\$\{\{[^}]*\}\}/g) ?? []);
    expect(expressions.filter((expression) => expression !== "${{ matrix.shard }}")).toEqual([]);
    expect(text).toContain("persist-credentials: false");
    expect(text).toMatch(/^permissions:\n {2}/m);
  });
});

test.each(gitlab)("%s names only keywords and stages that GitLab has", (file) => {
  const all = parse(textOf(file), { customTags: [reference] }) as Record<string, Record<string, unknown>>;
  const global = ["stages", "variables", "default", "include"];
  const keywords =
    "after_script artifacts before_script cache environment image interruptible parallel resource_group rules script stage timeout variables".split(
      " ",
    );
  const jobs = Object.entries(all).filter(([name]) => !global.includes(name));
  const unknown = [...jobs, ["default", all["default"] ?? {}] as const].flatMap(([name, job]) =>
    Object.keys(job)
      .filter((key) => !keywords.includes(key))
      .map((key) => `${name}.${key}`),
  );
  expect(unknown).toEqual([]);
  expect(jobs.filter(([, { script }]) => !Array.isArray(script)).map(([name]) => name)).toEqual([]);
  const stages: unknown = all["stages"] ?? ["up"];
  const used = jobs.filter(([name]) => !name.startsWith(".")).map(([, { stage = "up" }]) => stage);
  expect(stages).toEqual(expect.arrayContaining(used));
});
