import type { RequestTrouble } from "../../provider/errors/messages/request.js";

/** One thing that doctor looks at. */
export type Check = "settings" | "endpoint" | "TLS" | "token" | "clock" | "CLI" | "backend" | "passphrase";

/** What doctor found. `unchecked`: what it rests on isn't there. */
export interface Finding {
  readonly check: Check;
  readonly result: "ok" | "warning" | "problem" | "unchecked";
  /** One clause. */
  readonly text: string;
  /** What to do now, where something is wrong. */
  readonly next?: string;
}

export const ok = (check: Check, text: string): Finding => ({ check, result: "ok", text });
export const unchecked = (check: Check, text: string): Finding => ({ check, result: "unchecked", text });
export const problem = (check: Check, text: string, next: string): Finding => ({
  check,
  result: "problem",
  text,
  next,
});
export const warning = (check: Check, text: string, next: string): Finding => ({
  check,
  result: "warning",
  text,
  next,
});

const ownAuthority = "for your own certificate authority, set DATASPACE_CA_FILE";
const notTheApi = "Check that DATASPACE_ENDPOINT is the address of the Connectors API itself, not of a page or proxy.";

/** What to do about an endpoint that doesn't answer as it should. */
export const endpointNext: Partial<Record<RequestTrouble, string>> = {
  dns: "Check the host name in DATASPACE_ENDPOINT.",
  unreachable: "Check DATASPACE_ENDPOINT and the network.",
  timeout: "Check DATASPACE_ENDPOINT and the network; ask the service's operator whether it is up.",
  throttled: "Try again later.",
  server: "Try again later; if it goes on, tell the service's operator.",
};

export const otherEndpointNext = notTheApi;

export const tls = {
  trusted: (host: string) => `the certificate of ${host} is trusted`,
  untrusted: (observed: string) =>
    problem("TLS", observed, `Check the certificate of the host in DATASPACE_ENDPOINT; ${ownAuthority}.`),
  onThisMachine: "not needed on this machine",
  inClear: warning(
    "TLS",
    "plain http to another machine, so that the token travels in clear",
    "Use https in DATASPACE_ENDPOINT.",
  ),
} as const;

export const tokenRefused = (observed: string) =>
  problem("token", observed, "Set DATASPACE_TOKEN to a valid API key; a newly generated key revokes the older ones.");

export const clock = {
  right: "agrees with the service's",
  untold: "the service's answer has no date",
  wrong: (by: string, direction: "ahead of" | "behind") =>
    warning("clock", `${by} ${direction} the service's`, "Set this machine's clock, e.g. by NTP."),
} as const;

export const cli = {
  missing: () =>
    problem(
      "CLI",
      "there is no pulumi on PATH",
      "Install it (https://www.pulumi.com/docs/install), or add it to PATH.",
    ),
  unusable: (why: string) => problem("CLI", `pulumi version fails: ${why}`, "Install pulumi anew."),
  old: (version: string, oldest: string) =>
    problem("CLI", `pulumi ${version} is older than ${oldest}`, `Install ${oldest} or newer.`),
} as const;

export const backend = {
  unchosen: () =>
    problem(
      "backend",
      "none is chosen",
      "Set PULUMI_BACKEND_URL, e.g. to s3://bucket or file:///srv/state, or run pulumi login.",
    ),
  unwritable: (url: string, code: string) =>
    problem(
      "backend",
      `${url} is no folder that can be written (${code})`,
      "Make the folder, or correct PULUMI_BACKEND_URL.",
    ),
  writable: (url: string) => `${url} can be written`,
  remote: (url: string) => `${url}, which is not asked`,
} as const;

export const passphrase = {
  missing: () =>
    problem(
      "passphrase",
      "neither PULUMI_CONFIG_PASSPHRASE nor PULUMI_CONFIG_PASSPHRASE_FILE is set",
      "Set one of them; only stacks made with --secrets-provider need none.",
    ),
  unreadable: (path: string, code: string) =>
    problem("passphrase", `${path} can't be read (${code})`, "Correct PULUMI_CONFIG_PASSPHRASE_FILE."),
  given: (variable: string) => `given by ${variable}`,
  unneeded: "not needed with this backend",
} as const;
