import { expect, test } from "vitest";
import { fromCommand, fromEnv, fromFile } from "../../../sdk/credentials.js";
import { s3 } from "../../support/connectors.js";
import { MiniEngine } from "../../support/mini-engine.js";
import { VirtualClock } from "../../support/virtual-clock.js";

/** Runs without a preview: the engine takes nothing unknown from check, and would say only that. */
const environment = { ...process.env, DATASPACE_ENDPOINT: "http://127.0.0.1:9", DATASPACE_TOKEN: "t", BUNDLE: '"x"' };
const engine = new MiniEngine(() => environment, { clock: new VirtualClock(), random: () => 0.5, feed: {} });

const { bucketName } = s3();
const bundle = (credentials: unknown) => ({ amazonS3: { bucketName, credentials } });

test.each<[what: string, args: Record<string, unknown>, sentence: string]>([
  [
    "an environment variable",
    { amazonS3: s3({ secretAccessKeyRead: fromEnv("ACME_READ") as never }) },
    "amazonS3.secretAccessKeyRead: the environment variable ACME_READ is not set; set it",
  ],
  [
    "a file, for all fields",
    bundle(fromFile("/nowhere/keys.json")),
    "amazonS3.credentials: the file /nowhere/keys.json can't be read (ENOENT); check its path and permissions",
  ],
  ["a bundle that is none", bundle(fromEnv("BUNDLE")), "amazonS3.credentials"],
  ["a command that fails", bundle(fromCommand(["false"])), "amazonS3.credentials: the command false"],
  ["a name that is none, in a reference", { ...bundle(fromEnv("KEYS_{name}")), name: 5 }, "name: "],
])("%s", async (_, args, sentence) => {
  const { error } = await engine.up("acme", args);
  expect(error?.message).toContain(sentence);
  expect(engine.entries.size).toBe(0);
});
