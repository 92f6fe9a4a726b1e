import { isDeepStrictEqual } from "node:util";
import { createServer, type AddressInfo } from "node:net";
import { Emulator, type FaultScript } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";
import { hostileServer } from "../support/hostile.js";
import { MiniEngine, type Ended, type Entry } from "../support/mini-engine.js";
import { VirtualClock } from "../support/virtual-clock.js";
import { operations, scriptsOf, type FaultRow, type OperationName } from "./matrix.js";

/** What is promised of one fault during one operation. */
export interface Promised {
  /** `done`, or the error's code. */
  readonly outcome: string;
  /** Every request that changes something, and what was answered; looks only where they failed. */
  readonly requests: readonly string[];
  /** What the service has in the end: absent, or its status and which configuration. */
  readonly service: string;
  /** The whole error. */
  readonly sentence?: string;
  /** What Pulumi then knows of it. `unfinished`: kept, to be taken up by the next run. */
  readonly state: "nothing" | "as before" | "unfinished" | "new";
  /** What the next run without the fault sends to reach the declared state. */
  readonly next: readonly string[];
}

const before = s3();
const after = s3({ secretAccessKeyRead: "read-secret-2" });
/** Limit of one request where it is to run into it, in milliseconds of real time. */
const attemptMs = 300;
const limits = { settle: "10s", stuckAfter: "1m", timeouts: { create: "5m", update: "5m", delete: "5m" } };

/** Plays one cell of the matrix, over a real socket and in virtual time. */
export async function play(row: FaultRow, operation: OperationName): Promise<Promised> {
  const clock = new VirtualClock();
  const emulator = await Emulator.start({
    startMs: 2_000,
    stopMs: 1_000,
    lagMs: 1_000,
    now: clock.now,
    token: "a-token-for-tests",
  });
  // The account is shared: the list is never empty unless a fault makes it so.
  emulator.interfere("colleague", { create: s3() });
  const reach = { endpoint: emulator.endpoint };
  const advised: Record<string, string> = {};
  const engine = new MiniEngine(
    () => ({
      DATASPACE_ENDPOINT: reach.endpoint,
      DATASPACE_TOKEN: emulator.token,
      // Requests take real time: only where one is to run into its limit may the limit be short.
      DATASPACE_ATTEMPT_TIMEOUT:
        row.endpoint === "mute" || scriptsOf(row, operation).some(isSlow) ? `${attemptMs}ms` : "10s",
      DATASPACE_ACCEPT_ENDPOINT_CHANGE: "true",
      ...advised,
    }),
    { clock, random: () => 0.5, feed: {} },
  );
  const declared = { amazonS3: operation === "update" ? after : before, ...limits };
  const wanted = operation === "stop" ? { ...declared, desiredStatus: "STOPPED" } : declared;
  const unreachable = row.endpoint === undefined ? undefined : await elsewhere(row.endpoint);
  try {
    if (operations[operation].start !== "absent")
      await engine.up("acme", { amazonS3: before, ...limits, ...restingFor(operation) });
    Object.assign(emulator.quirks, row.quirks);
    emulator.clearRequests();
    for (const script of scriptsOf(row, operation)) emulator.fault(script);
    row.before?.(emulator, operation);
    const { behind } = row;
    if (behind) {
      const [call] = operations[operation].calls;
      void emulator
        .waitFor(
          (request) => request.call === call && (operation !== "wait" || emulator.connector("acme") !== undefined),
        )
        .then(() => behind(emulator, operation));
    }
    if (unreachable) reach.endpoint = unreachable.endpoint;
    const known = engine.entries.get("acme");
    const ended = await perform(engine, operation, wanted);
    const state = stateLeft(known, engine.entries.get("acme"));
    const requests = told(emulator);
    const service = atTheService(emulator);
    emulator.clearFaults();
    row.release?.(emulator, operation);
    emulator.clearRequests();
    reach.endpoint = emulator.endpoint;
    if (ended.error?.message.includes("DATASPACE_ON_EXISTING=adopt pulumi up"))
      advised["DATASPACE_ON_EXISTING"] = "adopt";
    const next = [
      ...Object.entries(advised).map(([variable, value]) => `${variable}=${value}`),
      ...(await converge(engine, emulator, operation, wanted)),
    ];
    return {
      outcome: ended.error ? (ended.error.code ?? "unexpected") : "done",
      requests,
      service,
      ...(ended.error ? { sentence: ended.error.message.replace(/127\.0\.0\.1:\d+/g, "127.0.0.1") } : {}),
      state,
      next,
    };
  } finally {
    await unreachable?.close();
    await emulator.close();
  }
}

function isSlow({ do: action }: FaultScript): boolean {
  return action === "hang" || (typeof action === "object" && ("dripMs" in action || "delayMs" in action));
}

function restingFor(operation: OperationName): object {
  return operation === "start" ? { desiredStatus: "STOPPED" } : {};
}

function perform(engine: MiniEngine, operation: OperationName, wanted: object): Promise<Ended> {
  switch (operation) {
    case "read":
      return engine.refresh("acme");
    case "delete":
    case "fail":
      return engine.destroy("acme");
    default:
      return engine.up("acme", { ...wanted });
  }
}

/** One more run, without the fault, as the error's Next line says; what it sends that changes something. Throws where the declared state isn't reached. */
async function converge(
  engine: MiniEngine,
  emulator: Emulator,
  operation: OperationName,
  wanted: object,
): Promise<string[]> {
  if (operation === "delete" || operation === "fail") {
    const { error } = await engine.destroy("acme");
    if (error) throw error;
    const left = emulator.connector("acme")?.status;
    if (left !== undefined && left !== "STOPPED") throw new Error(`the next destroy leaves it ${left}`);
    return emulator.mutations();
  }
  // A plain up can't see what happened elsewhere: the declared state is reached by `up --refresh`.
  const refreshed = await engine.refresh("acme");
  if (refreshed.error) throw refreshed.error;
  const { error } = await engine.up("acme", { ...wanted });
  if (error) throw error;
  const mutations = emulator.mutations();
  const connector = emulator.connector("acme");
  const status = "desiredStatus" in wanted ? "STOPPED" : "RUNNING";
  const { amazonS3 } = wanted as { amazonS3: object };
  if (connector?.status !== status || JSON.stringify(sorted(connector.payload)) !== JSON.stringify(sorted(amazonS3)))
    throw new Error(`the next run leaves ${JSON.stringify(connector)}`);
  emulator.clearRequests();
  await engine.up("acme", { ...wanted });
  if (emulator.requestLines().length > 0) throw new Error("the run after that isn't quiet");
  return mutations;
}

function sorted(object: object): [string, unknown][] {
  return Object.entries(object).sort(([a], [b]) => a.localeCompare(b));
}

/** Requests in order: changes, and looks that failed; the same line in a row once, with its count. */
function told(emulator: Emulator): string[] {
  const lines = emulator.requestLines().filter((line) => !/^GET \/connectors(\/acme)? (200|pending)$/.test(line));
  const counted: { line: string; count: number }[] = [];
  for (const line of lines) {
    const last = counted.at(-1);
    if (last?.line === line) last.count++;
    else counted.push({ line, count: 1 });
  }
  return counted.map(({ line, count }) => (count === 1 ? line : `${line} × ${count > 9 ? "many" : count}`));
}

function stateLeft(before: Entry | undefined, now: Entry | undefined): Promised["state"] {
  if (!now) return "nothing";
  if (now.unhealthy) return "unfinished";
  return isDeepStrictEqual(now, before) ? "as before" : "new";
}

function atTheService(emulator: Emulator): string {
  const connector = emulator.connector("acme");
  if (!connector) return "absent";
  const has = (configuration: object) =>
    JSON.stringify(sorted(connector.payload)) === JSON.stringify(sorted(configuration));
  const whose = has(after) ? "new" : connector.payload["bucketName"] === "theirs" ? "somebody else's" : "first";
  return `${connector.status}, ${whose} configuration`;
}

/** A place where the service isn't. */
async function elsewhere(kind: NonNullable<FaultRow["endpoint"]>) {
  if (kind === "mute") {
    // Takes connections and never shakes hands; hangs up soon after we have given up, so that the test's time goes on.
    const server = createServer((socket) => {
      socket.on("error", () => undefined);
      setTimeout(() => socket.destroy(), 40 + attemptMs);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { endpoint: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
  }
  const server = await hostileServer((response) => response.end("{}"), kind === "untrusted" ? "https" : "http");
  if (kind === "untrusted") return { endpoint: server.endpoint, close: () => server.close() };
  await server.close();
  return { endpoint: kind === "refused" ? server.endpoint : "https://nowhere.invalid", close: () => undefined };
}
