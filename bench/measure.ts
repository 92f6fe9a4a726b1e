import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import { startEmulator, type EmulatorProcess } from "../examples/demo/emulator.ts";
import { namesOf } from "./connectors.ts";
import { cpuSecondsOf, MemoryWatch } from "./processes.ts";
import { operations, type Operation } from "./results.ts";
import type { Run, Sample } from "./runs.ts";
import type { Session, Site } from "./rows/row.ts";

/** Longer than this, and an operation counts as hanging. */
const hangMs = 15 * 60_000;

/** Runs all operations of a row once, on an emulator and in a folder of its own. */
export async function measure(
  row: { open(site: Site): Promise<Session> },
  { n, startMs, parallel }: Pick<Site, "n" | "startMs" | "parallel">,
): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-bench-"));
  const emulator = await startEmulator("--start", `${startMs}ms`, "--stop", "0ms", "--lag", "0ms");
  const { endpoint, token } = emulator.control;
  const session = await row.open({ n, startMs, parallel, folder, endpoint, token });
  try {
    return await new Measurement(session, emulator, namesOf(n)).run();
  } finally {
    await session.close();
    await emulator.end();
    // Engines of a run that failed may still write there, and what it failed of must not be lost over that.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }).catch((error: unknown) =>
      console.warn(`[bench] ${folder} stays: ${String(error)}`),
    );
  }
}

class Measurement {
  readonly #session: Session;
  readonly #emulator: EmulatorProcess;
  readonly #names: readonly string[];
  readonly #samples: Partial<Record<Operation, Sample>> = {};
  #created = 0;

  constructor(session: Session, emulator: EmulatorProcess, names: readonly string[]) {
    this.#session = session;
    this.#emulator = emulator;
    this.#names = names;
  }

  async run(): Promise<Run> {
    const { control } = this.#emulator;
    let state: Pick<Run, "stateBytes" | "compactStateBytes"> = {};
    let restarts = 0;
    let strangers = 0;
    const ended = () => ({
      operations: this.#samples,
      ...state,
      restarts,
      duplicates: Math.max(0, this.#created - this.#names.length) + strangers,
    });
    try {
      for (const operation of operations) {
        this.#samples[operation] = await this.#sample(operation);
        if (operation === "up") {
          state = await sizesOf(await this.#session.stateFiles());
          const wanted = new Set(this.#names);
          strangers = (await control.connectors()).filter(({ name }) => !wanted.has(name)).length;
        }
        if (operation === "update")
          restarts = (await control.connectors()).reduce((sum, connector) => sum + connector.restarts, 0);
      }
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      return { ...ended(), orphans: 0, failure, hung: failure === hanging };
    }
    return { ...ended(), orphans: (await control.connectors()).length };
  }

  async #sample(operation: Operation): Promise<Sample> {
    const { control, pid } = this.#emulator;
    await control.clearRequests();
    const cpuBefore = pid === undefined ? undefined : cpuSecondsOf(pid);
    const watch = new MemoryWatch(this.#session.roles);
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error(hanging)), hangMs);
    try {
      const seconds = await this.#session.run(operation, limit.signal);
      const cpuAfter = pid === undefined ? undefined : cpuSecondsOf(pid);
      const requests = await control.requests();
      this.#created += requests.filter(({ call, status }) => call === "create" && status === 201).length;
      const counts: Record<string, number> = {};
      for (const { call } of requests) counts[call] = (counts[call] ?? 0) + 1;
      return {
        seconds,
        requests: counts,
        ...watch.end(),
        ...(cpuBefore === undefined || cpuAfter === undefined ? {} : { emulatorCpu: cpuAfter - cpuBefore }),
      };
    } finally {
      clearTimeout(timer);
      watch.end();
    }
  }
}

async function sizesOf(files: readonly string[]): Promise<Pick<Run, "stateBytes" | "compactStateBytes">> {
  if (files.length === 0) return {};
  let [stateBytes, compactStateBytes] = [0, 0];
  for (const path of files) {
    const bytes = await readFile(path);
    stateBytes += bytes.length;
    const text = (path.endsWith(".zst") ? zstdDecompressSync(bytes) : bytes).toString("utf8");
    compactStateBytes += Buffer.byteLength(JSON.stringify(JSON.parse(text), withoutPlaces));
  }
  return { stateBytes, compactStateBytes };
}

/** Where each resource is declared is the engine's own, and as long as the paths of this machine are. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === "sourcePosition" || key === "stackTrace" ? undefined : value;
}

const hanging = `an operation took more than ${hangMs / 60_000} minutes`;
