import { secret } from "@pulumi/pulumi";
import { Connector, fromEnv } from "pulumi-dataspace";
import { drift, preview, rotate, up } from "pulumi-dataspace/pipeline";
import { beforeEach, expect, test } from "vitest";
import { s3 } from "../support/connectors.js";
import { pipelineFolder } from "../support/pipeline.js";

/** The engine shows secrets as one word, whatever they are: who decides by them has to ask who sees them. */
const pipeline = pipelineFolder({ startMs: 100, lagMs: 100 });

beforeEach(() => {
  pipeline.env = { KEY: "key-of-generation-1" };
});

const key = fromEnv("KEY");
const block = (bucketName: string) => ({
  bucketName,
  region: "eu-central-1",
  accessKeyIdRead: key,
  secretAccessKeyRead: key,
  accessKeyIdWrite: key,
  secretAccessKeyWrite: key,
});

const ways = {
  "a secret bucketName": (bucket: string) => ({ ...block(""), bucketName: secret(bucket) }),
  "a secret block": (bucket: string) => secret(block(bucket)),
};

test.each(Object.entries(ways))(
  "%s is compared where its value is seen: by a plan, a policy and drift",
  { timeout: 180_000 },
  async (_, amazonS3) => {
    const { emulator } = pipeline;
    let bucket = "bucket-of-acme";
    const program = async () => {
      new Connector("acme", { settle: "300ms", amazonS3: amazonS3(bucket) });
      new Connector("other", { settle: "300ms", amazonS3: amazonS3("bucket-of-other") });
    };
    const common = { stack: "prod", env: pipeline.environment };
    const options = { ...common, source: { program, project: "fleet" } };
    expect(await up(options)).toMatchObject({ exitCode: 0, errors: [] });
    expect((await preview(options)).plan?.connectors).toEqual([]);
    expect(await drift(options)).toMatchObject({ exitCode: 0, drift: [] });

    bucket = "another-bucket-1";
    const seen = await preview(options);
    expect(seen.plan?.connectors).toMatchObject([
      { key: "acme", effects: ["edit", "restart"], restarts: 1, fields: [{ path: "amazonS3.bucketName" }] },
    ]);
    expect(JSON.stringify(seen)).not.toMatch(/another-bucket|bucket-of/);
    emulator.clearRequests();
    const policy = await pipeline.write("policy.yaml", "version: 1\nlimits: { restarts: { max: 0 } }\n");
    expect(await up({ ...options, policy })).toMatchObject({
      exitCode: 3,
      violations: [{ rule: "limits.restarts", connectors: ["acme"] }],
    });
    expect(emulator.mutations()).toEqual([]);

    bucket = "bucket-of-acme";
    emulator.interfere("acme", { payload: s3({ bucketName: "bucket-of-a-colleague" }) });
    const found = await drift(options);
    expect(found).toMatchObject({ exitCode: 2, drift: [{ key: "acme", kind: "fields" }] });
    expect(found.drift?.[0]?.text).toContain("amazonS3.bucketName");
    expect(JSON.stringify(found)).not.toMatch(/bucket-of-acme|bucket-of-other/);
  },
);

test(
  "a connector named as a credential is known by its name: policies and rotations decide on what it is",
  { timeout: 180_000 },
  async () => {
    // Each of these is also the value of a credential of the other connector.
    pipeline.env = { KEY: "acme-prod-one", OLD: "key-of-before" };
    const program = (generation: string) => async () => {
      const other = new Connector("other", { settle: "300ms", amazonS3: block("other") });
      const literal = secret(`literal-${generation}`);
      const amazonS3 = { ...block("one"), secretAccessKeyWrite: literal };
      new Connector("acme-prod-one", { settle: "300ms", amazonS3 }, { dependsOn: other });
    };
    const options = (generation: string) => ({
      stack: "prod",
      env: pipeline.environment,
      source: { program: program(generation), project: "fleet" },
    });
    expect(await up(options("first"))).toMatchObject({ exitCode: 0, errors: [] });
    const policy = await pipeline.write("policy.yaml", "version: 1\nrequire: { credentialReferences: true }\n");
    expect(await preview({ ...options("first"), policy })).toMatchObject({
      exitCode: 3,
      violations: [{ rule: "require.credentialReferences", connectors: ["acme-prod-one"] }],
    });
    pipeline.emulator.clearRequests();
    const rotation = await rotate(options("second"));
    expect(rotation).toMatchObject({ exitCode: 3, violations: [{ connectors: ["acme-prod-one"] }] });
    expect(pipeline.emulator.mutations()).toEqual([]);
  },
);
