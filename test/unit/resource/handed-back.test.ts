import fc from "fast-check";
import { expect, test } from "vitest";
import { Core } from "../../../provider/core/core.js";
import { DynamicProvider } from "../../../provider/dynamic/dynamic-provider.js";
import type { PropertyMap } from "../../../provider/model/property-map.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { EngineLog } from "../../../provider/resource/engine-log.js";
import { Urns } from "../../../provider/resource/urns.js";
import { fromEnv } from "../../../sdk/credentials.js";
import { s3 } from "../../support/connectors.js";

const salt = "urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::acme";
const environment = {
  DATASPACE_ENDPOINT: "https://edc.example",
  DATASPACE_TOKEN: "token",
  DATASPACE_B_ENDPOINT: "https://b.example",
  DATASPACE_B_TOKEN: "b-token",
  ALL_KEYS: JSON.stringify(s3()),
};
const { bucketName, region } = s3();

const programs: readonly PropertyMap[] = [
  {},
  {
    name: "other",
    desiredStatus: "STOPPED",
    onDelete: "scrub",
    timeouts: { create: "1h" },
    settle: "1s",
    account: "b",
  },
  { amazonS3: s3() },
  { amazonS3: { bucketName, region, credentials: fromEnv("ALL_KEYS") } },
  { amazonS3: { bucketName, region }, adoptCredentials: "assume" },
  { amazonS3: unknownSentinel },
  { amazonS3: { ...s3(), secretAccessKeyRead: unknownSentinel, region: unknownSentinel }, name: unknownSentinel },
];

/** One call in a process of its own, as one run of the engine. */
async function check(olds: PropertyMap, news: PropertyMap): Promise<{ inputs: PropertyMap; failures: string[] }> {
  const { signal } = new AbortController();
  const core = new Core(() => undefined, environment, signal);
  const log = new EngineLog(() => Promise.resolve());
  const provider = new DynamicProvider({ core, log, urns: new Urns(), signal });
  const { inputs, failures = [] } = await provider.check(olds, news);
  await core.close();
  return { inputs: inputs as PropertyMap, failures: failures.map(({ reason }) => reason) };
}

const declared = (args: PropertyMap): PropertyMap => ({ __provider: "shim", salt, ...args });

test("check is idempotent: check(check(x)) = check(x), whatever state knows", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...programs), fc.boolean(), async (args, isInState) => {
      const first = await check({}, declared(args));
      expect(first.failures).toEqual([]);
      expect(await check(isInState ? first.inputs : {}, first.inputs)).toEqual(first);
    }),
  );
});

test("whatever the engine hands back of state under ignoreChanges is accepted, path by path", async () => {
  const changed = { amazonS3: s3({ secretAccessKeyRead: "read-secret-2", accessKeyIdWrite: "other" }) };
  const before = (await check({}, declared({ amazonS3: s3() }))).inputs;
  await fc.assert(
    fc.asyncProperty(fc.subarray(Object.keys(before)), async (paths) => {
      const news = { ...declared(changed), ...Object.fromEntries(paths.map((path) => [path, before[path]])) };
      const { inputs, failures } = await check(before, news);
      expect(failures).toEqual([]);
      for (const path of paths) expect(inputs[path], path).toEqual(before[path]);
    }),
  );
});

test("an ignored credential isn't sent: an edit of another field names it", async () => {
  const before = (await check({}, declared({ amazonS3: s3() }))).inputs;
  const news = declared({ amazonS3: s3({ region: "eu-west-1", secretAccessKeyRead: "read-secret-2" }) });
  const { credentialFingerprints } = before;
  const { failures } = await check(before, { ...news, credentialFingerprints });
  expect(failures).toEqual([
    "amazonS3.region: changed, but an edit sends the whole configuration, and amazonS3.secretAccessKeyRead is not given; supply it too (ignoreChanges withholds credentials)",
  ]);
  const same = declared({ amazonS3: s3({ region: "eu-west-1" }) });
  expect((await check(before, { ...same, credentialFingerprints })).failures).toEqual([]);
});

test("fingerprints that state doesn't hold are nobody's", async () => {
  const before = (await check({}, declared({ amazonS3: s3() }))).inputs;
  for (const credentialFingerprints of ["abc", { secretAccessKeyRead: "abcdef" }])
    expect((await check(before, declared({ amazonS3: s3(), credentialFingerprints }))).failures).toEqual([
      "credentialFingerprints: unknown property; remove it",
    ]);
});
