import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { PipelineFolder } from "../support/pipeline.js";
import { excerptOf, linesWithCanaries } from "./canaries.js";
import { FileWatch } from "./file-watch.js";
import { azurePayload, keysOf, s3Payload, Surroundings, token, type Credentials } from "./given.js";
import { ProcessWatch } from "./process-watch.js";
import { refusals } from "./steps.js";

const fields = Object.keys(keysOf("amazonS3", 1));
const variable = (field: string, which: "NEW" | "OLD") => `LEAKS_${field.toUpperCase()}_${which}`;
const variables = fields.flatMap((field) => [variable(field, "NEW"), variable(field, "OLD")]);

let pipeline: PipelineFolder;
let vault: Surroundings;
let processes: ProcessWatch;
let files: FileWatch;

beforeEach(async () => {
  pipeline = await new PipelineFolder().open({ token, startMs: 150, lagMs: 50, quirks: { echoSecrets: "clear" } });
  vault = await Surroundings.create();
  for (const folder of ["tmp", "reports"]) await mkdir(join(pipeline.folder, folder));
  processes = new ProcessWatch();
  files = new FileWatch(pipeline.folder);
});
afterEach(async () => {
  processes.stop();
  files.stop();
  await Promise.all([pipeline.remove(), vault.remove()]);
});

/** The values of this generation behind the references, those of the one before as the way back. */
async function rotate(generation: number): Promise<void> {
  const [now, before] = [keysOf("amazonS3", generation), keysOf("amazonS3", generation - 1)];
  const both = fields.flatMap((field): [string, string | undefined][] => [
    [variable(field, "NEW"), now[field]],
    [variable(field, "OLD"), before[field]],
  ]);
  pipeline.env = {
    TMPDIR: join(pipeline.folder, "tmp"),
    ...Object.fromEntries(both),
    ...(await vault.rotate(generation)),
  };
}

function manifest(credentials: Credentials, generation: number): Record<string, unknown> {
  const { containerName, blobstoreEndpointTemplate, ...accounts } = azurePayload(generation);
  const command = ["sh", "-c", 'sleep 0.1; cat "$0"', join(vault.folder, "{name}.json")];
  const reference = (field: string) => ({
    fromEnv: variable(field, "NEW"),
    previous: { fromEnv: variable(field, "OLD") },
  });
  const s3 =
    credentials === "literals"
      ? keysOf("amazonS3", generation)
      : Object.fromEntries(fields.map((field) => [field, reference(field)]));
  const azure = credentials === "literals" ? accounts : { credentials: { fromCommand: command, key: "data.data" } };
  return {
    acme: { amazonS3: { bucketName: "acme", region: "eu-central-1", ...s3 } },
    blue: { azureStorage: { containerName, blobstoreEndpointTemplate, ...azure } },
  };
}

/** Reports of every format, the events, and the plan to approve: each has its place, so that a leak names it. */
function papers(name: string): string[] {
  return [
    ...["md", "html", "json"].flatMap((format) => ["--report", `reports/${name}.${format}`]),
    "--events",
    `reports/${name}.ndjson`,
  ];
}

test.each<Credentials>(process.env["LEAKS"] === "all" ? ["references", "literals"] : ["references"])(
  "in a pipeline whose manifest gives %s no command, report, event, plan or file shows a secret",
  { timeout: 900_000 },
  async (credentials) => {
    const counts: Record<string, Record<string, number>> = {};
    const leaks: string[] = [];
    const look = (surface: string, step: string, text: string) => {
      const lines = linesWithCanaries(text);
      (counts[surface] ??= { hits: 0 })["hits"] = (counts[surface]?.["hits"] ?? 0) + lines.length;
      leaks.push(...lines.map((line) => `${step}: ${surface}: ${excerptOf(line)}`));
    };
    const run = async (step: string, codes: readonly number[], ...args: string[]) => {
      const { code, stdout, stderr } = await pipeline.cli(...args);
      expect(codes, `${step}: ${stdout}${stderr}`.slice(-2_000)).toContain(code);
      look("stdout", step, stdout);
      look("stderr", step, stderr);
    };
    const inStack = (verb: string) => [verb, "--manifest", manifestFile, "--stack", "prod", ...papers(verb)];
    // Outside of what is watched: where it holds values, its owner has put them there.
    const manifestFile = join(vault.folder, "connectors.json");
    const declare = async (generation: number) => {
      await rotate(generation);
      await pipeline.declare(
        manifest(credentials, generation),
        { allowPlaintextSecrets: credentials === "literals" },
        manifestFile,
      );
    };

    await declare(1);
    processes.start();
    files.start();
    await run("validate", [0], "validate", "--manifest", manifestFile);
    await run("preview", [0], ...inStack("preview"), "--approve-out", "reports/plan.json");
    await run("preview without credentials", [0, 1], ...inStack("preview"), "--no-credentials", "--json");
    for (const [name, refusal] of Object.entries(refusals)) {
      pipeline.emulator.fault({ call: "create", connector: "acme", times: 99, do: refusal(s3Payload(1)) });
      pipeline.emulator.fault({ call: "create", connector: "blue", times: 99, do: refusal(azurePayload(1)) });
      await run(`up, refused: ${name}`, [1, 4], ...inStack("up"), "--yes");
      pipeline.emulator.clearFaults();
    }
    await run("up", [0], ...inStack("up"), "--yes");
    await declare(2);
    await run("preview of a rotation", [0], ...inStack("preview"), "--json");
    pipeline.emulator.fault({ call: "edit", do: "failAtStart" });
    await run(
      "rotate, put back",
      [1, 4],
      ...inStack("rotate"),
      "--yes",
      // Its vault gives one value at a time: there is no way back for it.
      "--exclude",
      "blue",
      ...(credentials === "literals" ? ["--no-rollback"] : []),
    );
    pipeline.emulator.clearFaults();
    await run("rotate", [0], ...inStack("rotate"), "--yes", "--no-rollback");
    await run("drift", [0, 2], ...inStack("drift"));
    await run("generate", [0], "generate", "--out", "reports/taken-over.yaml");
    await run("destroy", [0], ...inStack("destroy"), "--yes");
    processes.stop();
    files.stop();

    look("files, also those that were there for a while", "all", files.text);
    // The SDK's debug lines hold salts, and belong into no report.
    expect(files.sdkLines).toEqual([]);
    look("arguments of processes", "all", processes.arguments);
    look(
      "environment of processes",
      "all",
      processes.environment(
        ["DATASPACE_TOKEN", "LEAKS_READ_ID", "LEAKS_WRITE", ...variables],
        ["LEAKS_READ_ID", "LEAKS_WRITE", ...variables],
      ),
    );
    look("emulator's request log", "all", JSON.stringify(pipeline.emulator.requests));
    console.table(counts);
    expect(files.looks).toBeGreaterThan(20);
    expect([...new Set(leaks)].slice(0, 12)).toEqual([]);
  },
);
