import type { Outcome } from "../support/engine.js";
import { holdsCanary, linesWithCanaries } from "./canaries.js";
import { givenToCommands, givenVariables, token } from "./given.js";
import type { Setting, World } from "./world.js";

/** Somewhere a secret could be seen after a run. One row each; a new one is tried by every test. */
export interface Surface {
  readonly name: string;
  readonly read: (world: World, outcome: Outcome) => string | Promise<string>;
}

export const surfaces: readonly Surface[] = [
  { name: "stdout", read: (_, { stdout }) => stdout },
  { name: "stderr", read: (_, { stderr }) => stderr },
  { name: "events", read: (_, { events }) => events.map((event) => JSON.stringify(event)).join("\n") },
  {
    name: "error of the Automation API",
    read: (_, { output, stdout, stderr }) => output.slice((stdout + stderr).length),
  },
  { name: "stack's files (state, backups, settings, home)", read: ({ stack }) => stack.allFiles() },
  { name: "exported stack, decrypted", read: ({ stack }) => stack.exported() },
  { name: "outputs, decrypted", read: async ({ stack }) => JSON.stringify(await stack.stack.outputs(), undefined, 2) },
  { name: "gRPC log", read: (world) => world.grpcLog() },
  { name: "arguments of processes", read: ({ processes }) => processes.arguments },
  {
    name: "environment of processes",
    read: ({ processes }) => processes.environment(givenVariables, givenToCommands),
  },
  { name: "emulator's output", read: ({ emulatorLog }) => emulatorLog },
  {
    name: "emulator's request log",
    read: async ({ control }) => JSON.stringify(await control.requests(), undefined, 2),
  },
];

interface Allowed {
  readonly surfaces: readonly string[];
  /** Only where the program itself holds the values: a reference leaves nothing to be written. */
  readonly when: (setting: Setting) => boolean;
  readonly is: (line: string) => boolean;
  readonly reason: string;
}

const loudLiterals = ({ credentials, level }: Setting) => credentials === "literals" && level === "loud";

/** A token that was put into the stack's config is in the engine's own hands. */
const inConfig = ({ token: way }: Setting) => way === "config";
const onlyToken = (line: string) => !holdsCanary(line.replaceAll(token, ""));

/** Lines that the engine writes of what it was given itself, before or beside any work of ours: which, and why. */
export const allowed: readonly Allowed[] = [
  {
    surfaces: ["stderr", "error of the Automation API"],
    when: loudLiterals,
    is: (line) => /"msg":"Unmarshaling property for RPC\[ResourceMonitor\.RegisterResource\(/.test(line),
    reason: "-v=9: the engine logs each property that a program registers as it decodes it; no provider is asked yet",
  },
  {
    surfaces: ["gRPC log"],
    when: loudLiterals,
    is: (line) => onlyIn(line, "/pulumirpc.ResourceMonitor/RegisterResource", ["object"]),
    reason: "PULUMI_DEBUG_GRPC: what the program registers, as the engine receives it",
  },
  {
    surfaces: ["gRPC log"],
    when: loudLiterals,
    is: (line) => onlyIn(line, "/pulumirpc.ResourceProvider/Check", ["news"]),
    reason: "PULUMI_DEBUG_GRPC: the same, as the engine passes it to check, which takes it out; no later call has it",
  },
  {
    surfaces: ["exported stack, decrypted"],
    when: inConfig,
    is: (line) => line.trim() === `"plaintext": ${JSON.stringify(JSON.stringify(token))}`,
    reason: "the stack's config is the input of Pulumi's own provider entry, encrypted in state; an export decrypts it",
  },
  {
    surfaces: ["stderr", "error of the Automation API"],
    when: inConfig,
    is: (line) =>
      /"msg":"Marshaling property for RPC\[Provider\[\w+\]\.Configure\(\)\.inputs\]/.test(line) && onlyToken(line),
    reason: "-v=9: the engine logs the stack's config as it passes it to the provider",
  },
  {
    surfaces: ["gRPC log"],
    when: inConfig,
    is: (line) =>
      /"method":"\/pulumirpc\.(ResourceMonitor\/GetDeploymentInfo|LanguageRuntime\/Run|ResourceProvider\/(CheckConfig|DiffConfig|Configure))"/.test(
        line,
      ) && onlyToken(line),
    reason: "PULUMI_DEBUG_GRPC: the stack's config, which the engine passes to programs and providers in clear",
  },
];

/** Whether a call's canaries stand in these parts of its request and nowhere else. */
function onlyIn(line: string, method: string, parts: readonly string[]): boolean {
  const call = JSON.parse(line) as { method: string; request?: Record<string, unknown> };
  const request = Object.fromEntries(Object.entries(call.request ?? {}).filter(([part]) => !parts.includes(part)));
  return call.method === method && !holdsCanary(JSON.stringify({ ...call, request }));
}

export interface Hit {
  readonly surface: string;
  readonly step: string;
  readonly line: string;
  readonly allowed: boolean;
}

/** Everything that a run has left anywhere. */
export async function hitsOf(world: World, step: string, outcome: Outcome): Promise<Hit[]> {
  const found = await Promise.all(
    surfaces.map(async ({ name, read }) => {
      const lines = linesWithCanaries(await read(world, outcome));
      const rows = allowed.filter((row) => row.surfaces.includes(name) && row.when(world.setting));
      return lines.map((line) => ({
        surface: name,
        step,
        line,
        allowed: rows.some((row) => row.is(line)),
      }));
    }),
  );
  return found.flat();
}
