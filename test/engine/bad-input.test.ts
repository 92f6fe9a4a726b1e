import { Connector, type ConnectorArgs } from "pulumi-dataspace";
import { expect } from "vitest";
import type { Emulator } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { TestStack } from "../support/engine.js";
import { test } from "../support/fixtures.js";

/** Every problem of the resource is in one answer, none with a value, and nobody was asked. */
async function expectProblems(
  { emulator, stack }: { readonly emulator: Emulator; readonly stack: TestStack },
  args: object,
  sentences: readonly string[],
  resourceName = "acme",
): Promise<void> {
  const preview = await stack.preview(async () => void new Connector(resourceName, args as ConnectorArgs));
  expect(preview.ok, preview.output).toBe(false);
  for (const sentence of sentences) expect(preview.said).toContain(sentence);
  expect(preview.output).not.toMatch(/canary/i);
  expect(emulator.requestLines()).toEqual([]);
}

test("every problem of a connector at once, with its path and what to do", async ({ emulator, stack }) => {
  await expectProblems(
    { emulator, stack },
    {
      name: "Canary_Name",
      amazonS3: {
        bucketName: 17,
        regoin: "canary",
        endpointOverride: "ftp://canary",
        accessKeyIdRead: "canary-id",
        accessKeyIdWrite: "canary-id\n",
        secretAccessKeyWrite: "",
      },
      desiredStatus: "canary",
      timeouts: { create: "canary", updaet: "5m" },
      stuckAfter: 5,
    },
    [
      "name: is not a valid name; use 1 to 16 lower-case letters, digits and dashes, with no dash at either end",
      "amazonS3.bucketName: must be a string",
      "amazonS3.regoin: unknown property; did you mean region?",
      "amazonS3.endpointOverride: is not an http or https URL without user name and password",
      "amazonS3.secretAccessKeyRead: missing, and amazonS3.accessKeyIdRead needs it; give both",
      "amazonS3.accessKeyIdWrite: contains a control character or line break; was it read from a file with its newline?",
      "amazonS3.secretAccessKeyWrite: is empty; give a value or leave the property out",
      "desiredStatus: must be one of RUNNING, STOPPED",
      'timeouts.create: is not a duration; write it like "15m", "90s" or "1h30m"',
      "timeouts.updaet: unknown property; did you mean update?",
      'stuckAfter: must be a duration; write it like "15m", "90s" or "1h30m"',
    ],
  );
});

test("two storages, an unusable derived name, and one connector declared twice", async ({ emulator, stack }) => {
  await expectProblems({ emulator, stack }, { amazonS3: s3(), azureStorage: {} }, [
    "amazonS3, azureStorage: a connector has at most one storage; keep one of them",
    "azureStorage.containerName: missing; give a value",
  ]);
  await expectProblems(
    { emulator, stack },
    { amazonS3: s3() },
    [
      "name: missing, and the resource's own name is not a valid connector name; use 1 to 16 lower-case letters, digits and dashes",
    ],
    "Acme Connector",
  );
  const twice = await stack.preview(async () => {
    new Connector("one", { name: "acme" });
    new Connector("two", { name: "acme" });
  });
  expect(twice.said).toMatch(
    /name: "acme" is already declared by urn:pulumi:test::connectors::pulumi-nodejs:dynamic\/dataspace:Connector::(one|two); one connector can't be two resources: give this one another name or remove one of them/,
  );
});

test("missing or wrong settings are said once, together, with both ways to give them", async ({ emulator }) => {
  const settings = await TestStack.create(emulator, async () => void new Connector("acme"), {
    DATASPACE_ENDPOINT: "",
    DATASPACE_TOKEN: "",
  });
  try {
    const missing = (await settings.preview()).said;
    expect(missing).toContain("Could not use the service: DATASPACE_ENDPOINT is missing; DATASPACE_TOKEN is missing.");
    expect(missing).toContain(
      "Next: Set DATASPACE_ENDPOINT and DATASPACE_TOKEN in the environment (or dataspace:endpoint and, with --secret, dataspace:token in the stack's config).",
    );
    settings.setEnv({ DATASPACE_ENDPOINT: "http://canary.example/x", DATASPACE_TOKEN: "canary" });
    expect((await settings.preview()).said).toContain(
      "DATASPACE_ENDPOINT is plain http to another machine, which would show the token to the network; use https, or set DATASPACE_ALLOW_INSECURE=true",
    );
    settings.setEnv({ DATASPACE_ENDPOINT: "canary", DATASPACE_TOKEN: "canary canary", DATASPACE_MAX_CONCURRENCY: "0" });
    const wrong = await settings.preview();
    for (const sentence of [
      "DATASPACE_ENDPOINT is not an http or https URL",
      "DATASPACE_TOKEN contains a character that a token can't contain (a space, a line break, an invisible or a non-ASCII character)",
      "DATASPACE_MAX_CONCURRENCY must be a whole number from 1 to 9999",
    ])
      expect(wrong.said).toContain(sentence);
    expect(wrong.output).not.toContain("canary");
  } finally {
    await settings.remove();
  }
});

test("Azure storage is a warning, because the service calls it unusable for now", async ({ stack }) => {
  const azureStorage = {
    containerName: "acme",
    blobstoreEndpointTemplate: "https://%s.blob.core.windows.net",
    accountNameRead: "a",
    accountKeyRead: "canary-key-1",
    accountNameWrite: "b",
    accountKeyWrite: "canary-key-2",
  };
  const preview = await stack.preview(async () => void new Connector("acme", { azureStorage }));
  expect(preview.ok, preview.output).toBe(true);
  expect(preview.output).toContain(
    "azureStorage: the service documents Azure storage as not usable at present, due to a bug in the connector; amazonS3 works",
  );
});
