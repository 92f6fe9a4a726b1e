import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** CONTRIBUTING's recipes, followed on a copy of the tree: an invented row of each kind, one compilation, one generation. */
const root = new URL("../..", import.meta.url).pathname;
const copied = [
  ..."provider sdk pipeline cli emulator generated tools docs package.json package-lock.json tsconfig.json".split(" "),
  ..."tsconfig.build.json connectors.schema.json policy.schema.json test/faults/promises.json".split(" "),
];

interface Recipe {
  /** The line of CONTRIBUTING that this is. */
  readonly title: string;
  /** The hand-edited product files, with what is inserted before a text that is there once. */
  readonly rows: readonly (readonly [file: string, before: string, row: string])[];
  readonly newFiles?: Readonly<Record<string, string>>;
}

const recipes = {
  storageKind: {
    title: "To add a storage kind",
    rows: [
      [
        "provider/model/storage.ts",
        "} as const;\n\n/** A storage block's name",
        `  inventedStorage: {
    type: "InventedStorage",
    schema: z.strictObject({
      shelf: plainText("Shelf that holds the data."),
      shelfKey: credentialText("Key of the shelf.", { pair: "shelf" }),
      credentials: bundleText(),
    }),
    place: "shelf",
    summary: "Storage on an invented shelf.",
    warning: undefined,
  },
`,
      ],
      [
        "emulator/routes.ts",
        '"containerName" in payload ? "AzureStorage"',
        '"shelf" in payload ? "InventedStorage" : ',
      ],
    ],
  },
  credentialSource: {
    title: "To add a credential source",
    rows: [
      [
        "provider/model/sources.ts",
        "} as const satisfies Record<string, SourceRow>;",
        `  drawer: {
    argument: filled("must be a string").meta({ description: "Drawer that holds the value." }),
    wire: z.string().min(1),
    options: {},
    example: "name",
    label: (drawer: string) => \`the drawer \${drawer}\`,
    forConnector: (drawer: string) => drawer,
    inFolder: (drawer: string) => drawer,
  },
`,
      ],
      [
        "provider/credentials/sources/index.ts",
        "  command: readCommand,",
        "  drawer: ({ drawer }) => ({ text: drawer }),\n",
      ],
      [
        "sdk/credentials.ts",
        "function reference(source: object",
        `/** A credential from an invented drawer. */
export function fromDrawer(drawer: string, options: ReferenceOptions = {}): string {
  return reference({ drawer }, options);
}

`,
      ],
    ],
  },
  output: {
    title: "To add an output",
    rows: [
      [
        "provider/model/outputs.ts",
        "  storageType: z",
        '  moonPhase: z.string().optional().meta({ description: "Phase of the moon at the service." }),\n',
      ],
      ["emulator/routes.ts", "      bpn,\n", '      moonPhase: "full",\n'],
    ],
  },
  edition: {
    title: "To add an edition",
    rows: [
      [
        "provider/api/editions/index.ts",
        "/** One row per edition. */",
        'import { invented } from "./invented.js";\n\n',
      ],
      ["provider/api/editions/index.ts", " } as const satisfies Record<string, Edition>", ", invented"],
    ],
    newFiles: {
      "provider/api/editions/invented.ts": `import type { Edition } from "./edition.js";
import { flat } from "./flat.js";

export const invented: Edition = { ...flat, powerMethod: "PUT" };
`,
    },
  },
  fault: {
    title: "To add an emulator fault",
    rows: [
      [
        "emulator/faults.ts",
        "  /** No answer, ever. */",
        "  invented({ response }: FaultedRequest): void {\n    response.writeHead(418).end();\n  },\n",
      ],
    ],
  },
  reportFormat: {
    title: "To add a report format",
    rows: [
      [
        "pipeline/render/formats.ts",
        "} as const satisfies Record<string, Format>;",
        '  csv: { use: "spreadsheets", render: (reports) => reports.map(({ command }) => command).join(",") },\n',
      ],
    ],
  },
} satisfies Record<string, Recipe>;

let copy: string;
const read = (file: string) => readFileSync(join(copy, file), "utf8");
/** A table without the spaces that align it. */
const reference = () => read("docs/reference.md").replaceAll(/ +/g, " ");
/** Runs a program in the copy and returns its output. */
const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
const evaluate = (code: string) => run("--input-type=module", "--eval", code).trim();

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "pulumi-dataspace-recipes-"));
  for (const path of copied) cpSync(join(root, path), join(copy, path), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
  for (const { rows, newFiles = {} } of Object.values<Recipe>(recipes)) {
    for (const [file, text] of Object.entries(newFiles)) writeFileSync(join(copy, file), text);
    for (const [file, before, row] of rows) {
      const parts = read(file).split(before);
      if (parts.length !== 2) throw new Error(`${file} holds ${JSON.stringify(before)} ${parts.length - 1} times`);
      writeFileSync(join(copy, file), parts.join(`${row}${before}`));
    }
  }
  const compile = () => run("node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json");
  compile();
  run("tools/generate.ts");
  // The classes that programs use are made of what was generated.
  compile();
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

test.each(Object.values<Recipe>(recipes))("CONTRIBUTING names every file: $title", ({ title, rows, newFiles = {} }) => {
  const paragraph = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
    .split("\n")
    .find((line) => line.includes(`**${title}:**`));
  const unnamed = [...rows.map(([file]) => file), ...Object.keys(newFiles)]
    .map((file) => file.replace("invented", "NAME"))
    .filter((file) => !paragraph?.includes(`\`${file}\``));
  expect([paragraph === undefined, unnamed]).toEqual([false, []]);
});

describe("one row is enough", () => {
  test("a storage kind: types, reference, manifest's schema, and the emulator echoes it", () => {
    expect(read("generated/args.ts")).toContain("export interface InventedStorageArgs {");
    expect(reference()).toContain("| `inventedStorage.shelf` | yes | string | Shelf that holds the data. |");
    expect(JSON.stringify(JSON.parse(read("connectors.schema.json")))).toContain('"inventedStorage"');
    expect(
      evaluate(`
      import { credentialFields, storageKindOf } from "./dist/provider/model/storage.js";
      console.log(storageKindOf("InventedStorage"), credentialFields("inventedStorage").join());
    `),
    ).toBe("inventedStorage shelfKey");
  });

  test("a credential source: the program's function, the manifest's schema, and every sentence that lists them", () => {
    expect(read("connectors.schema.json")).toContain('"fromDrawer"');
    expect(reference()).toContain("fromDrawer");
    expect(
      evaluate(`
      import { Resolver } from "./dist/provider/credentials/resolver.js";
      import { parseReference } from "./dist/provider/model/reference.js";
      import { fromDrawer } from "./dist/sdk/credentials.js";
      const resolver = new Resolver({ environment: {}, signal: new AbortController().signal });
      console.log(JSON.stringify(await resolver.resolve(parseReference(fromDrawer("third")))));
    `),
    ).toBe('{"value":"third"}');
  });

  test("an output: types, reference, and read from the service", () => {
    expect(read("generated/outputs.ts")).toContain("readonly moonPhase?: string;");
    expect(reference()).toContain("| `moonPhase` | | string | Phase of the moon at the service. |");
    expect(
      evaluate(`
      import { reportedIn } from "./dist/provider/model/outputs.js";
      console.log(JSON.stringify(reportedIn({ moonPhase: "full", other: "x" })));
    `),
    ).toBe('{"moonPhase":"full"}');
  });

  test("an edition: the setting takes it and the reference names it", () => {
    expect(reference()).toContain("Dialect of the API: flat, invented.");
  });

  test("an emulator fault: a control call takes it", () => {
    expect(
      evaluate(`
      import { Emulator } from "./dist/emulator/index.js";
      const emulator = await Emulator.start();
      emulator.fault({ do: "invented" });
      const headers = { authorization: "Bearer " + emulator.token };
      console.log((await fetch(emulator.endpoint + "/connectors", { headers })).status);
      await emulator.close();
    `),
    ).toBe("418");
  });

  test("a report format: the help names it, and files of it are written", () => {
    expect(run("dist/cli/main.js", "up", "--help").replaceAll(/\s+/g, " ")).toContain(".md, .html, .json or .csv");
  });
});
