import { describe, expect, test } from "vitest";
import { checkConnector } from "../../../provider/model/check.js";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { everyOption, s3 } from "../../support/connectors.js";

const none: ReadonlySet<string> = new Set();
const problemsOf = (raw: object, held = none) =>
  checkConnector({ name: "acme", ...raw }, { heldCredentials: held }).problems;

test.each([
  ["plain", {}],
  ["S3", { amazonS3: s3() }],
  ["all that may be said", { amazonS3: s3({ endpointOverride: "https://minio.example:9000" }), ...everyOption }],
  [
    "unknowns anywhere",
    {
      name: unknownSentinel,
      amazonS3: { ...s3(), bucketName: unknownSentinel, secretAccessKeyRead: unknownSentinel },
      timeouts: unknownSentinel,
    },
  ],
  ["an unknown block beside another", { amazonS3: unknownSentinel, azureStorage: unknownSentinel }],
])("nothing is wrong with %s", (_, raw) => expect(problemsOf(raw)).toEqual([]));

describe("names", () => {
  const rule = "use 1 to 16 lower-case letters, digits and dashes, with no dash at either end";
  test.each(["a", "0", "acme-edc", "constructor", "a23456789012345x"])("%j is one", (name) =>
    expect(problemsOf({ name })).toEqual([]),
  );
  test.each(["", "-a", "a-", "A", "a_b", "a.b", "a23456789012345xy", "ä", "a\n", "../x"])("%j is none", (name) =>
    expect(problemsOf({ name })).toEqual([`name: is not a valid name; ${rule}`]),
  );
  test("none is needed where the resource's own will do", () => {
    const check = (resourceName: string) => checkConnector({}, { resourceName, heldCredentials: none }).problems;
    expect(check("acme")).toEqual([]);
    expect(check("Acme")).toEqual([
      `name: missing, and the resource's own name is not a valid connector name; ${rule}`,
    ]);
  });
});

test.each([
  [{ amazonS3: "bucket" }, ["amazonS3: must be an object of properties"]],
  [{ amazonS3: [] }, ["amazonS3: must be an object of properties"]],
  [{ amazonS3: { ...s3(), bucketName: undefined } }, ["amazonS3.bucketName: missing; give a value"]],
  [
    { amazonS3: { ...s3(), secretAccessKeyWrite: undefined } },
    ["amazonS3.secretAccessKeyWrite: missing, and amazonS3.accessKeyIdWrite needs it; give both"],
  ],
  [
    { amazonS3: s3({ endpointOverride: "https://user:pw@x" }) },
    ["amazonS3.endpointOverride: is not an http or https URL without user name and password"],
  ],
  [{ desiredstatus: "RUNNING" }, ["desiredstatus: unknown property; did you mean desiredStatus?"]],
  [{ "a b": 1 }, ["(unprintable): unknown property; remove it"]],
  [
    { account: "B!" },
    ["account: is not an account's name; use lower-case letters and digits, beginning with a letter"],
  ],
  [{ timeouts: { create: 15 } }, ['timeouts.create: must be a duration; write it like "15m", "90s" or "1h30m"']],
  [{ settle: "soon" }, ['settle: is not a duration; write it like "15m", "90s" or "1h30m"']],
])("%j", (raw, problems) => expect(problemsOf(raw)).toEqual(problems));

test("a credential that an earlier run pushed may be left out", () => {
  const { secretAccessKeyRead: _, ...rest } = s3();
  expect(problemsOf({ amazonS3: rest }, new Set(["amazonS3.secretAccessKeyRead"]))).toEqual([]);
});

describe("credentials with characters that nobody sees", () => {
  const check = (secretAccessKeyRead: string) => problemsOf({ amazonS3: s3({ secretAccessKeyRead }) });
  const invisible = [
    "\u00a0",
    "\u200b",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u2028",
    "\u3000",
    "\u202f",
    "\u200e",
  ];

  test.each(invisible)("%j at an end is refused", (character) => {
    for (const text of [`${character}key`, `key${character}`, character])
      expect(check(text)).toEqual([
        "amazonS3.secretAccessKeyRead: begins or ends with an invisible character, e.g. a no-break space; remove it",
      ]);
    expect(check(`a${character}b`)).toEqual([]);
  });

  test("a space may belong to it; what stands for bytes that were lost doesn't", () => {
    expect(check(" a key ")).toEqual([]);
    expect(check("sch\ufffdssel")).toEqual([
      "amazonS3.secretAccessKeyRead: holds the character U+FFFD, which replaces bytes that were not valid UTF-8; give it in UTF-8",
    ]);
  });
});
