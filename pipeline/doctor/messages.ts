import { unusableNames } from "../service/messages.js";

/** One thing that doctor checks. */
export type Check = "settings" | "endpoint" | "TLS" | "token" | "clock" | "CLI" | "backend" | "passphrase";

/** What doctor found. `unchecked`: it depends on a check that failed. */
export interface Finding {
  readonly check: Check;
  readonly result: "ok" | "warning" | "problem" | "unchecked";
  /** One clause. */
  readonly text: string;
  /** What to do now. Only for warnings and problems. */
  readonly next?: string;
}

export const ok = (check: Check, text: string): Finding => ({ check, result: "ok", text });
export const unchecked = (check: Check, text: string): Finding => ({ check, result: "unchecked", text });

type WithNext = (check: Check, text: string, next: string) => Finding;
export const problem: WithNext = (check, text, next) => ({ check, result: "problem", text, next });
export const warning: WithNext = (check, text, next) => ({ check, result: "warning", text, next });

export const noAnswer = "no usable answer";

export const noListing = (endpoint: string) =>
  warning(
    "endpoint",
    `${endpoint} refuses to list connectors`,
    "Name connectors one by one; patterns can't match any.",
  );

export const oddNames = (names: readonly string[]) =>
  warning("endpoint", unusableNames(names).replace(/\.$/, ""), "Rename or delete such entries at the service.");

export const tls = {
  trusted: (host: string) => `the certificate of ${host} is trusted`,
  onThisMachine: "not needed on this machine",
  inClear: warning(
    "TLS",
    "plain http to another machine, which sends the token unencrypted",
    "Use https in DATASPACE_ENDPOINT.",
  ),
} as const;

export const unbound = (token: string, endpoint: string) =>
  warning(
    "token",
    `${token} is set without ${endpoint}, so a manifest or a stack's config decides where it is sent`,
    `Set ${endpoint} where ${token} is set.`,
  );

export const clock = {
  right: "agrees with the service's",
  noDate: "the service's answer has no date",
  wrong: (by: string, direction: "ahead of" | "behind") =>
    warning("clock", `${by} ${direction} the service's`, "Set this machine's clock, e.g. by NTP."),
} as const;

export const cli = {
  missing: () =>
    problem("CLI", "pulumi is not on PATH", "Install it (https://www.pulumi.com/docs/install), or add it to PATH."),
  unusable: (why: string) => problem("CLI", `pulumi version fails: ${why}`, "Reinstall pulumi."),
  old: (version: string, oldest: string) =>
    problem("CLI", `pulumi ${version} is older than ${oldest}`, `Install ${oldest} or newer.`),
} as const;

export const backend = {
  unchosen: () =>
    problem(
      "backend",
      "no backend is set",
      "Set PULUMI_BACKEND_URL, e.g. to s3://bucket or file:///srv/state, or run pulumi login.",
    ),
  unwritable: (url: string, code: string) =>
    problem(
      "backend",
      `${url} is not a writable folder (${code})`,
      "Create the folder, or correct PULUMI_BACKEND_URL.",
    ),
  writable: (url: string) => `${url} is writable`,
  remote: (url: string) => `${url}, not contacted`,
} as const;

export const passphrase = {
  missing: () =>
    problem(
      "passphrase",
      "neither PULUMI_CONFIG_PASSPHRASE nor PULUMI_CONFIG_PASSPHRASE_FILE is set",
      "Set one of them. Only stacks created with --secrets-provider need neither.",
    ),
  unreadable: (path: string, code: string) =>
    problem("passphrase", `${path} can't be read (${code})`, "Correct PULUMI_CONFIG_PASSPHRASE_FILE."),
  given: (variable: string) => `set by ${variable}`,
  unneeded: "not needed with this backend",
} as const;
