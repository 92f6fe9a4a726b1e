import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { pipelineFolder, s3From } from "../support/pipeline.js";

const pipeline = pipelineFolder();

beforeEach(async () => {
  pipeline.env = { KEY: "key-of-generation-1" };
  await pipeline.declare({
    acme: { name: "acme-edc", amazonS3: s3From("KEY") },
    archive: { desiredStatus: "STOPPED", protect: true },
  });
});

const up = () => pipeline.cli("up", "--stack", "prod", "--yes", "--quiet");

test("from a preview to a rotation, a repair and the end", { timeout: 240_000 }, async () => {
  const { emulator } = pipeline;
  expect(await pipeline.cli("preview", "--stack", "prod", "--quiet", "--detailed-exitcode")).toEqual({
    code: 2,
    stdout: [
      "Stack prod: 2 created, 0 unchanged.",
      "",
      "connector        what happens  fields  status",
      "acme (acme-edc)  created               absent → RUNNING",
      "archive          created               absent → STOPPED",
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(emulator.mutations()).toEqual([]);

  expect(await up()).toEqual({
    code: 0,
    stdout: "   connector        status   restarts\n✓  acme (acme-edc)  RUNNING\n✓  archive          STOPPED\n",
    stderr: "",
  });
  expect(emulator.mutations().toSorted()).toEqual([
    "GET /connectors/archive/stop 200",
    "POST /connectors/acme-edc 201",
    "POST /connectors/archive 201",
  ]);
  expect(await pipeline.cli("drift", "--stack", "prod", "--quiet")).toEqual({
    code: 0,
    stdout: "No drift: the service matches state.\n",
    stderr: "",
  });

  // Somebody else has been there.
  emulator.interfere("acme-edc", { payload: { ...emulator.connector("acme-edc")?.payload, region: "us-east-1" } });
  emulator.interfere("archive", { status: "RUNNING" });
  emulator.interfere("stranger", { create: {} });
  emulator.interfere("Odd Name", { create: {} });
  emulator.interfere("under_score", { create: {} });
  emulator.clearRequests();
  expect(await pipeline.cli("drift", "--stack", "prod", "--quiet")).toEqual({
    code: 2,
    stdout: [
      "connector        kind       what differs",
      'acme (acme-edc)  fields     amazonS3.region "eu-central-1" => "us-east-1"',
      "archive          power      RUNNING, declared STOPPED",
      "stranger         unmanaged  RUNNING, not in stack prod",
      "",
      "3 found. Next: Run pulumi-dataspace up to repair managed connectors, or generate, with the same --stack, to adopt those that no other stack manages.",
      "",
      "Warning: The service lists 2 entries whose names are not valid for a connector, so no command can use them: Odd Name and under_score.",
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(emulator.mutations()).toEqual([]);
  expect((await up()).stdout).toBe(
    "   connector        status   restarts\n✓  acme (acme-edc)  RUNNING  1\n✓  archive          STOPPED\n",
  );
  expect(emulator.mutations().toSorted()).toEqual(["GET /connectors/archive/stop 200", "PUT /connectors/acme-edc 200"]);

  // The second time there is nothing to do, and nothing is sent.
  emulator.clearRequests();
  expect((await up()).stdout).toBe("Stack prod: nothing changes, 2 unchanged.\n");
  expect(emulator.mutations()).toEqual([]);

  expect(await pipeline.cli("destroy", "--stack", "prod", "--yes", "--quiet")).toEqual({
    code: 3,
    stdout: [
      "Refused by policy, 1 rule:",
      '✗ "archive" is protected; nothing was changed.',
      "  Next: Set protect to false and run up, then destroy again; or leave it out with --exclude.",
      "",
    ].join("\n"),
    stderr: "",
  });
  const destroyed = await pipeline.cli("destroy", "--stack", "prod", "--exclude", "archive", "--yes", "--quiet");
  expect(destroyed).toEqual({
    code: 0,
    stdout: [
      "   connector        status   restarts",
      "✓  acme (acme-edc)  STOPPED",
      "",
      'Connector "acme-edc" is STOPPED, not deleted, still holding its credentials (onDelete: scrub removes them).',
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(emulator.mutations()).toEqual(["GET /connectors/acme-edc/stop 200"]);
});

test("another stack's connectors are no strangers once it is named", { timeout: 120_000 }, async () => {
  await pipeline.declare({ team: { name: "team-edc" } }, {}, join(pipeline.folder, "team.json"));
  expect((await up()).code).toBe(0);
  expect((await pipeline.cli("up", "--stack", "team", "--manifest", "team.json", "--yes", "--quiet")).code).toBe(0);
  const drift = (...flags: string[]) => pipeline.cli("drift", "--stack", "prod", "--quiet", ...flags);
  expect((await drift()).stdout).toContain("team-edc   unmanaged  RUNNING, not in stack prod\n");
  expect(await drift("--also-managed", "team")).toEqual({
    code: 0,
    stdout: "No drift: the service matches state.\n",
    stderr: "",
  });
  expect(await drift("--also-managed", "taem")).toEqual({
    code: 1,
    stdout: `There is no stack "taem" in this backend.
Next: Check --also-managed and PULUMI_BACKEND_URL; pulumi stack ls --all lists what there is.
`,
    stderr: "",
  });
});

test("what was approved is what is done, and a world that moved is refused", { timeout: 180_000 }, async () => {
  const { emulator } = pipeline;
  const approved = join(pipeline.folder, "plan.json");
  expect((await pipeline.cli("preview", "--stack", "prod", "--quiet", "--approve-out", approved)).code).toBe(0);
  expect(await readFile(approved, "utf8")).not.toContain("key-of-generation");
  await pipeline.declare({ acme: { name: "acme-edc" }, late: {} });
  const refused = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--approved", approved);
  expect(refused).toEqual({
    code: 3,
    stdout: [
      "Stack prod: 2 created, 0 unchanged.",
      "",
      "connector        what happens  fields  status",
      "acme (acme-edc)  created               absent → RUNNING",
      "late             created               absent → RUNNING",
      "",
      "Nothing was changed: something has changed since the plan was made.",
      "- archive: was to be created, now nothing happens to it",
      "- late: nothing was to happen to it, now it is created",
      "Next: Preview again, and have the new plan approved.",
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(emulator.mutations()).toEqual([]);
  await pipeline.cli("preview", "--stack", "prod", "--quiet", "--approve-out", approved);
  expect((await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--approved", approved)).code).toBe(0);
});

test(
  "of fifty, number 3 ends FAILED: the others are finished first, and the run ends with 4",
  { timeout: 180_000 },
  async () => {
    const { emulator } = pipeline;
    const names = Array.from({ length: 50 }, (_, index) => `c${String(index + 1).padStart(2, "0")}`);
    emulator.fault({ call: "create", connector: "c03", do: "failAtStart" });
    await pipeline.declare(Object.fromEntries(names.map((name) => [name, {}])));
    const { code, stdout } = await up();
    const rows = names.map((name) =>
      name === "c03" ? "✗  c03        FAILED             failed" : `✓  ${name}        RUNNING`,
    );
    expect(stdout.replace(/after \d+m?s/, "after a while")).toBe(
      [
        "   connector  status   restarts",
        ...rows,
        "",
        'Could not create connector "c03": it is FAILED after a while.',
        "Next: Check its storage settings and credentials, correct them, and run pulumi up again, which restarts it.",
        "",
      ].join("\n"),
    );
    expect(code).toBe(4);
    expect(emulator.mutations().length).toBe(50);
  },
);

test("a part alone, a preview that sees no secret, and a rule for what is declared", { timeout: 180_000 }, async () => {
  const { emulator } = pipeline;
  const alone = await pipeline.cli("up", "--stack", "prod", "--only", "arch*", "--yes", "--quiet");
  expect(alone.stdout).toBe("   connector  status   restarts\n✓  archive    STOPPED\n");
  expect((await up()).code).toBe(0);

  pipeline.env = {};
  emulator.clearRequests();
  const blind = await pipeline.cli("preview", "--stack", "prod", "--quiet", "--no-credentials");
  expect(blind).toEqual({
    code: 0,
    stdout: "Stack prod: nothing changes, 2 unchanged.\n\nCredentials not checked: 1 (--no-credentials).\n",
    stderr: "",
  });
  pipeline.env = { DATASPACE_NO_CREDENTIALS: "true" };
  expect(await pipeline.cli("preview", "--stack", "prod", "--quiet")).toEqual(blind);
  pipeline.env = {};
  const seeing = await pipeline.cli("preview", "--stack", "prod", "--quiet");
  expect(seeing.code).toBe(1);
  expect(seeing.stdout).toContain("amazonS3.accessKeyIdRead: the environment variable KEY is not set; set it");

  await pipeline.declare(
    {
      acme: { name: "acme-edc", amazonS3: { ...s3From("KEY"), secretAccessKeyRead: "CANARY-in-clear" } },
      archive: { desiredStatus: "STOPPED", protect: true },
    },
    { allowPlaintextSecrets: true },
  );
  pipeline.env = { KEY: "key-of-generation-1" };
  const refused = await pipeline.cli("up", "--stack", "prod", "--yes", "--quiet", "--require-credential-references");
  expect(refused.code, refused.stdout).toBe(3);
  expect(refused.stdout).toContain("require.credentialReferences: ");
  expect(refused.stdout).not.toContain("CANARY");
  expect(emulator.mutations()).toEqual([]);
});

test("reports and events hold no secret, whatever happens", { timeout: 180_000 }, async () => {
  const { emulator, folder } = pipeline;
  pipeline.env = { KEY: "CANARY-of-the-vault" };
  const files = ["r.md", "r.html", "r.json", "e.ndjson"];
  const told = ["--report", "r.md", "--report", "r.html", "--report", "r.json", "--events", "e.ndjson"];
  emulator.fault({ call: "create", connector: "acme-edc", do: { status: 422, echo: true } });
  const failed = await pipeline.cli("up", "--stack", "prod", "--yes", ...told);
  expect(failed.code).toBe(1);
  const texts = [
    failed.stdout,
    failed.stderr,
    ...(await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))),
  ];
  const well = await pipeline.cli("up", "--stack", "prod", "--yes", "--json", ...told);
  expect(well.code).toBe(0);
  texts.push(
    well.stdout,
    well.stderr,
    ...(await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")))),
  );
  for (const text of texts) {
    expect(text).not.toBe("");
    expect(text).not.toContain("CANARY");
    expect(text).not.toContain(emulator.token);
  }
});
