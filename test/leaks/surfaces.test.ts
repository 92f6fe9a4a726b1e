import { expect, test } from "vitest";
import { canary } from "./canaries.js";
import { token } from "./given.js";
import { allowed } from "./surfaces.js";
import type { Setting } from "./world.js";

const loudLiterals: Setting = { credentials: "literals", echo: "clear", token: "environment", level: "loud" };
const inConfig: Setting = { ...loudLiterals, token: "config" };
const secret = canary("secretAccessKeyRead");
const call = (method: string, parts: object) => JSON.stringify({ method: `/pulumirpc.${method}`, ...parts });
const logged = (msg: string) => JSON.stringify({ level: "INFO", msg, v: 9 });
const exported = (text: string) => `      "plaintext": ${JSON.stringify(JSON.stringify(text))}`;

const isAllowed = (surface: string, setting: Setting, line: string) =>
  allowed.some((row) => row.surfaces.includes(surface) && row.when(setting) && row.is(line));

test.each<[string, Setting, string]>([
  ["gRPC log", loudLiterals, call("ResourceMonitor/RegisterResource", { request: { object: { amazonS3: secret } } })],
  ["gRPC log", loudLiterals, call("ResourceProvider/Check", { request: { news: { amazonS3: secret } }, response: {} })],
  [
    "stderr",
    loudLiterals,
    logged(`Unmarshaling property for RPC[ResourceMonitor.RegisterResource(x,y)]: value={${secret}}`),
  ],
  ["stderr", inConfig, logged(`Marshaling property for RPC[Provider[0xc0].Configure().inputs]: value={${token}}`)],
  ["exported stack, decrypted", inConfig, exported(token)],
])("on %s a line is allowed that the engine writes of its own input", (surface, setting, line) => {
  expect(isAllowed(surface, setting, line)).toBe(true);
});

test.each<[string, string, Setting, string]>([
  [
    "what check gives back",
    "gRPC log",
    loudLiterals,
    call("ResourceProvider/Check", { request: {}, response: { inputs: secret } }),
  ],
  [
    "what state says",
    "gRPC log",
    loudLiterals,
    call("ResourceProvider/Check", { request: { olds: { amazonS3: secret }, news: secret } }),
  ],
  [
    "a create",
    "gRPC log",
    loudLiterals,
    call("ResourceProvider/Create", { request: { properties: { amazonS3: secret } } }),
  ],
  [
    "what a registration gives back",
    "gRPC log",
    loudLiterals,
    call("ResourceMonitor/RegisterResource", { response: { object: secret } }),
  ],
  [
    "a create",
    "stderr",
    loudLiterals,
    logged(`Marshaling property for RPC[Provider[0xc0].Create(urn).inputs]: value={${secret}}`),
  ],
  [
    "a registration",
    "stdout",
    loudLiterals,
    logged(`Unmarshaling property for RPC[ResourceMonitor.RegisterResource(x,y)]: value={${secret}}`),
  ],
  [
    "a reference's value",
    "gRPC log",
    { ...loudLiterals, credentials: "references" },
    call("ResourceProvider/Check", { request: { news: secret } }),
  ],
  [
    "a registration without -v=9",
    "stderr",
    { ...loudLiterals, level: "quiet" },
    logged(`Unmarshaling property for RPC[ResourceMonitor.RegisterResource(x,y)]: value={${secret}}`),
  ],
  ["a token that isn't in the config", "exported stack, decrypted", loudLiterals, exported(token)],
  ["a key beside the token", "exported stack, decrypted", inConfig, exported(`${token}${secret}`)],
  [
    "a key in the config",
    "gRPC log",
    inConfig,
    call("ResourceProvider/Configure", { request: { args: { a: token, b: secret } } }),
  ],
])("%s is not allowed on %s", (_, surface, setting, line) => {
  expect(isAllowed(surface, setting, line)).toBe(false);
});
