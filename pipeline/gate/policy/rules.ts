import { outsideWindow, untouchable, violation } from "./messages.js";
import type { Effect, PlannedConnector } from "../../run/plan.js";
import { matcher } from "./exceptions.js";
import { forbids, most, requires, type Rule } from "./rule.js";
import { windowAt, windowSentence } from "./window.js";

const has =
  (...effects: readonly Effect[]) =>
  (connector: PlannedConnector) =>
    effects.some((effect) => connector.effects.includes(effect));
const restarts = (connector: PlannedConnector) => connector.restarts > 0 || has("restart")(connector);
/** An edit sends credentials if one has changed, or if `credentialsVersion` has. */
const pushesCredentials = (connector: PlannedConnector) =>
  has("edit")(connector) &&
  connector.fields.some(({ credential, path }) => credential || path === "credentialsVersion");

const inParts = "Run it in parts (--only GLOB)";
const leaveOut = "leave them out (--exclude GLOB)";

/** The rules of a policy, one row each. */
export const rules: readonly Rule[] = [
  most(
    "limits.creates",
    ["--max-creates <count>", "refuse when more would be created"],
    ({ limits }) => limits?.creates,
    has("create"),
    {
      found: "would be created",
      next: inParts,
    },
  ),
  most(
    "limits.restarts",
    ["--max-restarts <count>", "refuse when more would restart"],
    ({ limits }) => limits?.restarts?.max,
    restarts,
    { found: "would restart", next: inParts },
    "limits.restarts.max",
  ),
  {
    key: "limits.restarts",
    field: "limits.restarts.percent",
    flag: {
      usage: "--max-restart-percent <percent>",
      help: "refuse when a larger share would restart",
      kind: "percent",
    },
    concerned: ({ limits }, { planned }) => (limits?.restarts?.percent === undefined ? [] : planned.filter(restarts)),
    exceeded: ({ limits }, { size }, count) => count * 100 > (limits?.restarts?.percent ?? 100) * Math.max(size, count),
    sentence: (origin, { limits }, { size }, connectors) =>
      violation(origin, {
        found: "would restart",
        connectors,
        of: Math.max(size, connectors.length),
        says: `allows ${limits?.restarts?.percent} percent`,
        next: inParts,
        loosen: (field) => `raise ${field}`,
      }),
  },
  most(
    "limits.destroys",
    ["--max-destroys <count>", "refuse when more would be destroyed"],
    ({ limits }) => limits?.destroys,
    has("destroy"),
    {
      found: "would be destroyed",
      next: `Declare them again, ${leaveOut}`,
    },
  ),
  most(
    "limits.gone",
    ["--max-gone <count>", "refuse when more have vanished from the service"],
    ({ limits }) => limits?.gone,
    has("gone"),
    {
      found: "would be removed from state because they are gone from the service",
      next: "Check that endpoint and token are those of this stack's account (pulumi-dataspace doctor)",
    },
  ),
  forbids(
    "allow.replace",
    ["--no-replace", "refuse to replace connectors"],
    ({ allow }) => allow?.replace,
    has("replace"),
    {
      found: "would be replaced, which changes name and bpn for partners",
      next: `Revert the change of name or account, ${leaveOut}`,
    },
  ),
  forbids(
    "allow.credentialPush",
    ["--no-credential-push", "refuse to send changed credentials"],
    ({ allow }) => allow?.credentialPush,
    pushesCredentials,
    {
      found: "would get changed credentials",
      next: `Revert the change of credentials, ${leaveOut}`,
    },
  ),
  forbids(
    "allow.powerChange",
    ["--no-power-change", "refuse to start or stop connectors"],
    ({ allow }) => allow?.powerChange,
    has("start", "stop"),
    {
      found: "would be started or stopped",
      next: `Revert what starts or stops them, ${leaveOut}`,
    },
  ),
  forbids("allow.adopt", ["--no-adopt", "refuse to take connectors over"], ({ allow }) => allow?.adopt, has("adopt"), {
    found: "would be taken over from their creator",
    next: `Choose other names, ${leaveOut}`,
  }),
  requires(
    "require.protect",
    { usage: "--require-protect", help: "refuse connectors that are not protected", kind: "require" },
    ({ require }) => (require?.protect ? ({ protect }) => !protect : undefined),
    () => ({ found: "would be unprotected", next: "Declare protect: true" }),
  ),
  requires(
    "require.credentialReferences",
    { usage: "--require-credential-references", help: "refuse credentials that are given as values", kind: "require" },
    ({ require }) =>
      require?.credentialReferences
        ? ({ literalCredentials, unknownCredentials }) =>
            literalCredentials.length > 0 ? literalCredentials.join(" + ") : unknownCredentials === true && "not known"
        : undefined,
    () => ({
      found: "would get credentials that are given as values",
      next: "Give references to environment, file or command",
    }),
  ),
  requires(
    "require.names",
    undefined,
    ({ require }) => {
      if (require?.names === undefined) return undefined;
      const pattern = new RegExp(require.names, "u");
      return ({ name }) => !pattern.test(name) && name;
    },
    ({ require }) => ({ found: `would have a name that doesn't match ${require?.names}`, next: "Choose other names" }),
  ),
  {
    key: "untouchable",
    field: "untouchable",
    flag: {
      usage: "--untouchable <glob>",
      help: "refuse to restart, stop, replace or destroy these (repeatable)",
      kind: "globs",
    },
    concerned: ({ untouchable: globs = [] }, { planned }) =>
      planned.filter(matcher(globs)).flatMap((connector) => {
        const forbidden = (["restart", "stop", "replace", "destroy"] as const).filter((effect) =>
          effect === "restart" ? restarts(connector) : has(effect)(connector),
        );
        return forbidden.length === 0 ? [] : [{ ...connector, detail: forbidden.join(" + ") }];
      }),
    sentence: (origin, { untouchable: globs = [] }, _, connectors) => untouchable(origin, connectors, globs),
  },
  {
    key: "window",
    field: "window",
    concerned: ({ window }, { planned, now }) =>
      window && !windowAt(window, now).open ? planned.filter(({ effects }) => effects.length > 0) : [],
    sentence: (origin, { window }, { now }, connectors) =>
      outsideWindow(origin, connectors, window ? windowSentence(window, now) : ""),
  },
];
