import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { followReferences } from "../../../provider/credentials/follow.js";
import { Resolver } from "../../../provider/credentials/resolver.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { fromCommand, fromEnv, fromFile } from "../../../sdk/credentials.js";
import { s3 } from "../../support/connectors.js";

let folder: string;
let environment: NodeJS.ProcessEnv;
let controller: AbortController;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-references-"));
  environment = { ...process.env, ACME_KEY: "from-the-environment", EMPTY: "", DATASPACE_TOKEN: "sk-token" };
  controller = new AbortController();
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function follow(fields: object, more: { name?: unknown; previous?: boolean; resolver?: Resolver } = {}) {
  const resolver = more.resolver ?? new Resolver({ environment, signal: controller.signal });
  const { inputs, problems, warnings } = await followReferences(
    { amazonS3: { ...s3(), ...fields } },
    { resolver, name: "name" in more ? more.name : "acme-edc", previous: more.previous ?? false },
  );
  return { fields: inputs["amazonS3"] as Record<string, unknown>, problems, warnings };
}

/** A program that prints its argument and notes that it ran. */
function printing(text: string): [string, ...string[]] {
  const script = `require("fs").appendFileSync(${JSON.stringify(join(folder, "runs"))}, "x"); console.log(process.argv[1])`;
  return [process.execPath, "-e", script, text];
}
const runs = async () => (await readFile(join(folder, "runs"), "utf8")).length;

describe("a reference is replaced by what its source says", () => {
  test("an environment variable, a file and a command", async () => {
    const file = join(folder, "key");
    await writeFile(file, "from-a-file\n", { mode: 0o600 });
    const { fields, problems, warnings } = await follow({
      accessKeyIdRead: fromEnv("ACME_KEY"),
      secretAccessKeyRead: fromFile(file),
      secretAccessKeyWrite: fromCommand(printing("from-a-command")),
    });
    expect([problems, warnings]).toEqual([[], []]);
    expect(fields).toEqual(
      s3({
        accessKeyIdRead: "from-the-environment",
        secretAccessKeyRead: "from-a-file",
        secretAccessKeyWrite: "from-a-command",
      }),
    );
  });

  test("the connector's name stands in for {name}, everywhere", async () => {
    environment["KEY_OF_ACME_EDC"] = "by-name";
    await writeFile(join(folder, "acme-edc.json"), JSON.stringify({ "acme-edc": { id: "by-key" } }), { mode: 0o600 });
    const { fields } = await follow({
      accessKeyIdRead: fromEnv("KEY_OF_{name}"),
      secretAccessKeyRead: fromFile(join(folder, "{name}.json"), { key: "{name}.id" }),
      accessKeyIdWrite: fromCommand(printing("for-{name}")),
    });
    expect(fields).toMatchObject({
      accessKeyIdRead: "by-name",
      secretAccessKeyRead: "by-key",
      accessKeyIdWrite: "for-acme-edc",
    });
  });

  test("one call of a vault yields all four, and serves every connector that asks the same", async () => {
    const answer = JSON.stringify({ data: { data: { ...s3(), secretAccessKeyRead: "from-the-vault" } } });
    const resolver = new Resolver({ environment, signal: controller.signal });
    const vault = printing(answer);
    const { bucketName, region } = s3();
    const block = { bucketName, region, credentials: fromCommand(vault, { key: "data.data" }) };
    const follows = await Promise.all(
      ["a", "b", "c"].map((name) => followReferences({ amazonS3: block }, { resolver, name, previous: false })),
    );
    for (const { inputs, problems } of follows) {
      expect(problems).toEqual([]);
      expect(inputs["amazonS3"]).toEqual(s3({ secretAccessKeyRead: "from-the-vault" }));
    }
    expect(await runs()).toBe(1);
  });

  test("a file, too, is read once in a process: all of a run goes by one state of it", async () => {
    const file = join(folder, "key.json");
    await writeFile(file, '{"id":"first","secret":"first"}', { mode: 0o600 });
    const resolver = new Resolver({ environment, signal: controller.signal });
    const first = await follow({ accessKeyIdRead: fromFile(file, { key: "id" }) }, { resolver });
    await rm(file);
    const second = await follow({ secretAccessKeyRead: fromFile(file, { key: "secret" }) }, { resolver });
    expect([first.fields["accessKeyIdRead"], second.fields["secretAccessKeyRead"]]).toEqual(["first", "first"]);
  });

  test("distinct sources are asked at the same time", async () => {
    // Each of the three waits for the other two: asked one after the other, none would ever answer.
    const together = (text: string) =>
      fromCommand([
        "sh",
        "-c",
        'touch "$0/at-$1"; until [ $(ls "$0" | grep -c at-) = 3 ]; do sleep 0.02; done; echo "$1"',
        folder,
        text,
      ]);
    const { fields } = await follow({
      accessKeyIdRead: together("a"),
      secretAccessKeyRead: together("b"),
      accessKeyIdWrite: together("c"),
    });
    expect(fields).toMatchObject({ accessKeyIdRead: "a", secretAccessKeyRead: "b", accessKeyIdWrite: "c" });
  });

  test("previous names the old value, for the way back", async () => {
    environment["OLD_KEY"] = "the-old-value";
    const reference = fromEnv("ACME_KEY", { previous: fromEnv("OLD_KEY") });
    expect((await follow({ accessKeyIdRead: reference })).fields["accessKeyIdRead"]).toBe("from-the-environment");
    expect((await follow({ accessKeyIdRead: reference }, { previous: true })).fields["accessKeyIdRead"]).toBe(
      "the-old-value",
    );
    expect(() => fromEnv("A", { previous: "a literal" })).toThrow(
      "previous must be a reference; make it with fromEnv, fromFile or fromCommand",
    );
  });

  test("while the name isn't known, neither is what depends on it", async () => {
    const { fields, problems } = await follow(
      { accessKeyIdRead: fromEnv("KEY_OF_{name}"), secretAccessKeyRead: fromEnv("ACME_KEY") },
      { name: unknownSentinel },
    );
    expect(problems).toEqual([]);
    expect(fields).toMatchObject({ accessKeyIdRead: unknownSentinel, secretAccessKeyRead: "from-the-environment" });
  });

  test("a command gets no token of the service, and no shell", async () => {
    const script = 'console.log(JSON.stringify([process.env.DATASPACE_TOKEN ?? "none", process.argv[1]]))';
    const { fields } = await follow({ accessKeyIdRead: fromCommand([process.execPath, "-e", script, "$HOME `id`"]) });
    expect(fields["accessKeyIdRead"]).toBe('["none","$HOME `id`"]');
  });
});

describe("what can't be had is said by field and source, without a value", () => {
  test.each([
    [fromEnv("NOWHERE"), "amazonS3.accessKeyIdRead: the environment variable NOWHERE is not set; set it"],
    [fromEnv("EMPTY"), "amazonS3.accessKeyIdRead: the environment variable EMPTY is not set; set it"],
    [
      fromFile("/nowhere/at-all"),
      "amazonS3.accessKeyIdRead: the file /nowhere/at-all can't be read (ENOENT); check its path and permissions",
    ],
    [
      fromCommand(["no-such-program", "secret-argument"]),
      "amazonS3.accessKeyIdRead: the command no-such-program can't be started (ENOENT); check that it is installed and on PATH",
    ],
    [
      fromCommand(["sh", "-c", "echo a-secret >&2; exit 3"]),
      "amazonS3.accessKeyIdRead: the command sh failed (exit code 3); run it by hand to see why",
    ],
    [
      fromCommand(["sleep", "30"], { timeout: "100ms" }),
      "amazonS3.accessKeyIdRead: the command sleep did not end within 100ms; run it by hand, or give it a longer timeout",
    ],
    [
      fromCommand(["sh", "-c", "yes | head -c 2000000"]),
      "amazonS3.accessKeyIdRead: the command sh gives more than 1 MiB, which is too long for a credential",
    ],
    [
      fromEnv("ACME_KEY", { key: "a.b" }),
      "amazonS3.accessKeyIdRead: the environment variable ACME_KEY does not give JSON with a value at a.b; check the key",
    ],
    [
      "dataspace-credential:what",
      "amazonS3.accessKeyIdRead: is not a valid reference; make it with fromEnv, fromFile or fromCommand",
    ],
    [
      'dataspace-credential:{"source":{"env":"A","file":"b"}}',
      "amazonS3.accessKeyIdRead: is not a valid reference; make it with fromEnv, fromFile or fromCommand",
    ],
  ])("%s", async (reference, sentence) => {
    const { problems, fields } = await follow({ accessKeyIdRead: reference });
    expect(problems).toEqual([sentence]);
    expect(fields["accessKeyIdRead"]).toBe(unknownSentinel);
  });

  test.each([
    [
      "no-reference",
      "amazonS3.credentials: must be a reference to all credentials of the block; make it with fromEnv, fromFile or fromCommand",
    ],
    [
      fromEnv("ACME_KEY"),
      "amazonS3.credentials: the reference does not lead to a JSON object; set its key to select the object that holds the credentials by name",
    ],
    [
      fromEnv("HALF"),
      "amazonS3.credentials: the object has no string secretAccessKeyWrite; add it there, or give secretAccessKeyWrite beside credentials",
    ],
  ])("credentials: %s", async (credentials, sentence) => {
    environment["HALF"] = JSON.stringify({ secretAccessKeyWrite: 17 });
    const { problems } = await follow({ credentials, secretAccessKeyWrite: undefined });
    expect(problems).toEqual([sentence]);
  });

  test("a file that everybody can read is a warning", async () => {
    const file = join(folder, "open");
    await writeFile(file, "a-value");
    await chmod(file, 0o644);
    expect((await follow({ accessKeyIdRead: fromFile(file) })).warnings).toEqual([
      `amazonS3.accessKeyIdRead: the file ${file} is readable by everyone on this machine; run chmod 600 on it`,
    ]);
  });

  test("a cancel ends a hanging command, and what it has started", async () => {
    const pidFile = join(folder, "pid");
    const hanging = follow({ accessKeyIdRead: fromCommand(["sh", "-c", `sleep 60 & echo $! > ${pidFile}; wait`]) });
    await expect.poll(() => readFile(pidFile, "utf8").catch(() => "")).toMatch(/\d/);
    controller.abort();
    expect((await hanging).problems).toEqual(["amazonS3.accessKeyIdRead: the command sh was interrupted"]);
    const pid = Number(await readFile(pidFile, "utf8"));
    await expect.poll(() => isRunning(pid)).toBe(false);
  });
});

async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat !== "" && !/\) Z /.test(stat);
}
