import { expect, test } from "vitest";
import { readSettings, variableOf } from "../../../provider/core/settings.js";

const good = { DATASPACE_ENDPOINT: "https://x.example/backend/", DATASPACE_TOKEN: " sk-abc\n" };
const read = (env: NodeJS.ProcessEnv, config: Record<string, string> = {}, account?: string) =>
  readSettings((key) => config[key], env, account);

test("the environment wins over config; texts are trimmed; the rest has defaults", () => {
  expect(read(good, { "dataspace:endpoint": "https://x.example/other", "dataspace:attemptTimeout": "5s" })).toEqual({
    endpoint: "https://x.example/backend",
    authentication: { way: "token", token: "sk-abc" },
    apiEdition: "flat",
    attemptTimeout: 5_000,
    maxConcurrency: 8,
    allowInsecure: false,
    previousCredentials: false,
    acceptEndpointChange: false,
    acceptEmptyAccount: false,
    noCredentials: false,
    onFailedEdit: "keep",
  });
});

test("each account has its own", () => {
  const env = { DATASPACE_B_ENDPOINT: "https://b.example", ...good };
  expect(read(env, { "dataspace-b:token": "sk-b" }, "b")).toMatchObject({
    endpoint: "https://b.example",
    authentication: { way: "token", token: "sk-b" },
  });
  expect(() => read(good, {}, "b")).toThrow(
    'Could not use account "b": DATASPACE_B_ENDPOINT is missing; DATASPACE_B_TOKEN is missing.\n' +
      "Next: Set DATASPACE_B_ENDPOINT and DATASPACE_B_TOKEN in the environment (or dataspace-b:endpoint and, with --secret, dataspace-b:token in the stack's config).",
  );
  expect(variableOf("attemptTimeout", "b")).toBe("DATASPACE_B_ATTEMPT_TIMEOUT");
});

test.each([
  [undefined, "dataspace:endpoint", "DATASPACE_ENDPOINT", "the service"],
  ["b", "dataspace-b:endpoint", "DATASPACE_B_ENDPOINT", 'account "b"'],
])(
  "an endpoint in the environment binds the token: config can't name another origin (account %s)",
  (account, key, variable, whom) => {
    const env = { ...good, DATASPACE_B_ENDPOINT: "https://x.example/b", DATASPACE_B_TOKEN: "sk-b" };
    for (const same of ["https://x.example", "https://X.example:443/elsewhere/", " https://x.example/backend\n", ""])
      expect(read(env, { [key]: same }, account).endpoint).toMatch(/^https:\/\/x\.example\/b/);
    for (const [other, named] of [
      ["https://evil.example", "https://evil.example"],
      ["http://x.example", "http://x.example"],
      ["https://x.example:8443", "https://x.example:8443"],
      ["https://x.example@evil.example", "https://evil.example"],
      ["x.example", "an endpoint that is not a URL"],
    ] as const)
      expect(() => read(env, { [key]: other }, account)).toThrow(
        `Could not use ${whom}: the stack's config (${key}) names ${named}, but ${variable} is https://x.example, and the token is sent nowhere else.\n` +
          `Next: Correct ${key}; set ${variable} to the new endpoint only if the token is meant for it.`,
      );
    expect(() =>
      read({ DATASPACE_TOKEN: "sk-abc", DATASPACE_B_TOKEN: "sk-b" }, { [key]: "https://y.example" }, account),
    ).not.toThrow();
  },
);

test("what belongs to one run is given in the environment only, and holds for every account", () => {
  const env = { ...good, DATASPACE_B_ENDPOINT: "https://b.example", DATASPACE_B_TOKEN: "sk-b" };
  const config = { "dataspace:noCredentials": "true", "dataspace-b:noCredentials": "true" };
  expect(read(env, config)).toMatchObject({ noCredentials: false });
  expect(read({ ...env, DATASPACE_NO_CREDENTIALS: "true" }, {}, "b")).toMatchObject({ noCredentials: true });
  expect(() => read({ ...good, DATASPACE_NO_CREDENTIALS: "maybe" })).toThrow(
    "DATASPACE_NO_CREDENTIALS must be true or false",
  );
});

test.each([
  ["http://x.example", "is plain http to another machine"],
  ["ftp://x.example", "is not an http or https URL"],
  ["x.example", "is not an http or https URL"],
  ["https://user:pw@x.example", "must not carry a user name or password"],
  ["https://x.example/?a=b", "must not carry a query or fragment"],
])("the endpoint %s is refused: %s", (DATASPACE_ENDPOINT, sentence) => {
  expect(() => read({ ...good, DATASPACE_ENDPOINT })).toThrow(`DATASPACE_ENDPOINT ${sentence}`);
});

test.each(["http://localhost:8000", "http://127.0.0.1:1", "http://[::1]:8"])("plain http to %s is fine", (endpoint) => {
  expect(read({ ...good, DATASPACE_ENDPOINT: endpoint }).endpoint).toBe(endpoint);
});

test("plain http elsewhere takes saying so", () => {
  const DATASPACE_ENDPOINT = "http://x.example";
  expect(read({ ...good, DATASPACE_ENDPOINT, DATASPACE_ALLOW_INSECURE: "true" }).endpoint).toBe(DATASPACE_ENDPOINT);
});

test("a token endpoint is held to the same", () => {
  const oauth = {
    DATASPACE_ENDPOINT: good.DATASPACE_ENDPOINT,
    DATASPACE_CLIENT_ID: "c",
    DATASPACE_CLIENT_SECRET: "a-secret",
  };
  expect(() => read({ ...oauth, DATASPACE_TOKEN_URL: "http://id.example/token" })).toThrow(
    "DATASPACE_TOKEN_URL is plain http to another machine, which would show the token to the network; use https, or set DATASPACE_ALLOW_INSECURE=true",
  );
  expect(() => read({ ...oauth, DATASPACE_TOKEN_URL: "https://a:b@id.example/token" })).toThrow(
    "DATASPACE_TOKEN_URL must not carry a user name or password",
  );
});

test("no problem's sentence holds the value", () => {
  const bad = { DATASPACE_ENDPOINT: "canary", DATASPACE_TOKEN: "canary canary", DATASPACE_ATTEMPT_TIMEOUT: "canary" };
  expect(() => read({ ...bad, DATASPACE_ON_EXISTING: "canary" })).toThrow(
    /^Could not use the service: (?!.*canary).*DATASPACE_ON_EXISTING must be one of adoptStopped, adopt, error/,
  );
});
