import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Core } from "../../../provider/core/core.js";
import { DynamicProvider } from "../../../provider/dynamic/dynamic-provider.js";
import { isObject } from "../../../provider/model/json.js";
import type { PropertyMap } from "../../../provider/model/property-map.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { EngineLog } from "../../../provider/resource/engine-log.js";
import { Urns } from "../../../provider/resource/urns.js";
import { Connector } from "../../../sdk/connector.js";
import { fromEnv } from "../../../sdk/credentials.js";
import { everyOption, s3 } from "../../support/connectors.js";

const urn = "urn:pulumi:test::connectors::pulumi-nodejs:dynamic/dataspace:Connector::acme";

/** Everything that may be said of a connector, right as it is. */
const programs: readonly PropertyMap[] = [
  {
    name: "acme",
    amazonS3: s3({ endpointOverride: "https://minio.example:9000", secretAccessKeyRead: fromEnv("ACME_KEY_{name}") }),
    adoptCredentials: "assume",
    ...everyOption,
  },
  { amazonS3: { bucketName: "b", region: "eu-central-1" }, adoptCredentials: "assume" },
  {
    azureStorage: {
      containerName: "c",
      blobstoreEndpointTemplate: "https://%s.blob.core.windows.net",
      accountNameRead: "reader",
      accountKeyRead: "read-key",
      accountNameWrite: "writer",
      accountKeyWrite: "write-key",
    },
    account: "b",
  },
];

function pathsIn(value: unknown, above: readonly string[] = []): (readonly string[])[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, each]) => [[...above, key], ...pathsIn(each, [...above, key])]);
}

/** The properties with the value at each path put in place of what stands there. */
function withAt(properties: PropertyMap, paths: readonly (readonly string[])[], value: unknown): PropertyMap {
  return Object.fromEntries(
    Object.entries(properties).map(([key, each]) => {
      const here = paths.filter(([first]) => first === key);
      if (here.some(({ length }) => length === 1)) return [key, value];
      return [
        key,
        isObject(each)
          ? withAt(
              each,
              here.map((path) => path.slice(1)),
              value,
            )
          : each,
      ];
    }),
  );
}

const environment = {
  DATASPACE_B_ENDPOINT: "https://b.example",
  DATASPACE_B_TOKEN: "b-token",
  DATASPACE_ENDPOINT: "https://edc.example",
  DATASPACE_TOKEN: "token",
  ACME_KEY_ACME: "acme-secret",
};

/** What one process says of one program, with what it logged. */
async function checked(olds: PropertyMap, news: PropertyMap, env: NodeJS.ProcessEnv = environment) {
  const said: string[] = [];
  const { signal } = new AbortController();
  const core = new Core(() => undefined, env, signal);
  const log = new EngineLog((_severity, _urn, text) => Promise.resolve(void said.push(text)));
  const provider = new DynamicProvider({ core, log, urns: new Urns(), signal });
  const { inputs, failures = [] } = await provider.check(olds, { __provider: "shim", salt: urn, ...news });
  await log.flush();
  await core.close();
  return { provider, inputs: inputs as PropertyMap, failures: failures.map(({ reason }) => reason), said };
}

const program = fc
  .constantFrom(...programs)
  .chain((args) => fc.record({ args: fc.constant(args), unknown: fc.subarray(pathsIn(args)) }));

test("an unknown is never taken for a value: any inputs, at any depth, in a create and in an update", async () => {
  await fc.assert(
    fc.asyncProperty(program, async ({ args, unknown }) => {
      const news = withAt(args, unknown, unknownSentinel);
      const olds = (await checked({}, args)).inputs;
      for (const before of [{}, olds]) {
        const { provider, inputs, failures, said } = await checked(before, news);
        expect(failures).toEqual([]);
        expect(said.join("\n")).not.toContain(unknownSentinel);
        for (const path of unknown.filter(([first, second]) => second === undefined && first !== "credentials"))
          expect(inputs[String(path[0])]).toBe(unknownSentinel);
        expect(() => provider.diff(before, inputs)).not.toThrow();
      }
    }),
    { numRuns: 150 },
  );
});

test("an unknown account is no account: not one's settings are looked at", async () => {
  const { failures } = await checked({}, { account: unknownSentinel }, {});
  expect(failures).toEqual([]);
});

test("a kind of storage that isn't known yet is warned of once it is", async () => {
  for (const block of ["amazonS3", "azureStorage"])
    expect((await checked({}, { [block]: unknownSentinel })).said).toEqual([]);
});

describe("what the class makes of what programs write", () => {
  let given: PropertyMap = {};
  const isSecret = (value: unknown) => isObject(value) && value["4dabf18193072939515e22adb298388d"] !== undefined;
  const plain = (value: unknown): unknown =>
    isObject(value) && isSecret(value)
      ? plain(value["value"])
      : isObject(value)
        ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]))
        : value;

  beforeAll(() =>
    pulumi.runtime.setMocks({
      newResource: ({ inputs }) => {
        given = inputs as PropertyMap;
        return { id: "acme", state: {} };
      },
      call: () => ({}),
    }),
  );
  afterAll(() => pulumi.runtime.disconnect());

  const ways: Readonly<Record<string, (value: unknown) => unknown>> = {
    promise: (value) => Promise.resolve(value),
    output: (value) => pulumi.output(value),
    secret: (value) => pulumi.secret(value),
    "output of a promise": (value) => pulumi.output(Promise.resolve(value)),
    "secret of an output": (value) => pulumi.secret(pulumi.output(value)),
  };
  const wrapped = fc.constantFrom(...programs).chain((args) =>
    fc.record({
      args: fc.constant(args),
      paths: fc.subarray(pathsIn(args)),
      way: fc.constantFrom(...Object.keys(ways)),
    }),
  );

  test("promises, Outputs and secrets, of fields and of whole blocks, arrive as the same values", async () => {
    const wrap = (value: unknown, at: readonly (readonly string[])[], way: string): unknown => {
      const inner = isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, each]) => [
              key,
              wrap(
                each,
                at.filter(([first]) => first === key).map((path) => path.slice(1)),
                way,
              ),
            ]),
          )
        : value;
      return at.some(({ length }) => length === 0) ? ways[way]?.(inner) : inner;
    };
    await fc.assert(
      fc.asyncProperty(wrapped, async ({ args, paths, way }) => {
        const connector = new Connector("acme", wrap(args, paths, way) as object);
        await new Promise((resolve) => void connector.urn.apply(resolve));
        const { salt: _salt, __provider, ...own } = plain(given) as PropertyMap;
        expect(own).toEqual(args);
      }),
      { numRuns: 60 },
    );
  });
});
