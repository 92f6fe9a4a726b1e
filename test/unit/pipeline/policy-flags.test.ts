import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addPolicyFlags, policyOptions } from "../../../cli/commands/policy-flags.js";
import type { PolicyFlags } from "../../../pipeline/index.js";

/** What commander says besides the help, without ending the process. */
function parsed(args: readonly string[]): PolicyFlags | undefined {
  const command = addPolicyFlags(new Command("up"))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  command.parse([...args], { from: "user" });
  return policyOptions(command.opts()).policyFlags;
}

test.each<[args: string, flags: PolicyFlags]>([
  ["", {}],
  ["--max-creates 20", { limits: { creates: 20 } }],
  ["--max-restarts 3 --max-restart-percent 12.5", { limits: { restarts: { max: 3, percent: 12.5 } } }],
  ["--max-destroys 0 --max-gone 0", { limits: { destroys: 0, gone: 0 } }],
  ["--no-replace", { allow: { replace: false } }],
  [
    "--no-credential-push --no-power-change --no-adopt",
    { allow: { credentialPush: false, powerChange: false, adopt: false } },
  ],
  ["--require-protect --require-credential-references", { require: { protect: true, credentialReferences: true } }],
  ["--untouchable acme --untouchable core-*", { untouchable: ["acme", "core-*"] }],
])("up %s", (args, flags) => expect(parsed(args.split(" ").filter((word) => word !== ""))).toEqual(flags));

describe("what makes no sense is refused", () => {
  test.each([
    [
      ["--max-restarts", "many"],
      "Invalid --max-restarts: it must be a whole number of at least 0.\nNext: Write it like --max-restarts 5.",
    ],
    [
      ["--max-gone", "-1"],
      "Invalid --max-gone: it must be a whole number of at least 0.\nNext: Write it like --max-gone 5.",
    ],
    [
      ["--max-restart-percent", "101"],
      "Invalid --max-restart-percent: it must be a number from 0 to 100.\nNext: Write it like --max-restart-percent 10.",
    ],
    [["--replace"], "error: unknown option '--replace'\n(Did you mean --no-replace?)"],
  ])("%j", (args, message) => expect(() => parsed(args)).toThrow(message));
});

test("the help lists them in a group of their own", () => {
  const help = addPolicyFlags(new Command("up")).configureHelp({ helpWidth: 120 }).helpInformation();
  expect(help.slice(help.indexOf("Policy, ")).trimEnd().split("\n")).toEqual([
    "Policy, tighter than the file's:",
    "  --max-creates <count>            refuse when more would be created",
    "  --max-restarts <count>           refuse when more would restart",
    "  --max-restart-percent <percent>  refuse when a larger share would restart",
    "  --max-destroys <count>           refuse when more would be destroyed",
    "  --max-gone <count>               refuse when more have vanished from the service",
    "  --no-replace                     refuse to replace connectors",
    "  --no-credential-push             refuse to send changed credentials",
    "  --no-power-change                refuse to start or stop connectors",
    "  --no-adopt                       refuse to take connectors over",
    "  --require-protect                refuse connectors that are not protected",
    "  --require-credential-references  refuse credentials that are given as values",
    "  --untouchable <glob>             refuse to restart, stop, replace or destroy these (repeatable)",
  ]);
});
