import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConfigMap, EngineEvent, PulumiFn, Stack } from "@pulumi/pulumi/automation/index.js";
import { openStack } from "../../examples/demo/stack.js";
import type { Emulator } from "../../emulator/index.js";

/** A folder from which `@pulumi/pulumi` and `pulumi-dataspace` resolve, as they would in a user's project. */
const projectFolder = new URL("../..", import.meta.url).pathname;

export interface Outcome {
  readonly ok: boolean;
  /** All that the engine printed. */
  readonly output: string;
  readonly stdout: string;
  readonly stderr: string;
  /** The same with every run of white space as one space: the engine indents the lines of a sentence. */
  readonly said: string;
  /** E.g. `{ create: 1, same: 2 }`. */
  readonly changes: Readonly<Record<string, number>>;
  readonly events: readonly EngineEvent[];
}

type Printed = Pick<Outcome, "output" | "stdout" | "stderr">;
type Verb = "up" | "preview" | "refresh" | "destroy";

/** One stack in a backend of its own, driven by the real engine against an emulator. */
export class TestStack {
  private constructor(
    readonly stack: Stack,
    private readonly backend: string,
    private program: { run: PulumiFn; wasRun: boolean },
  ) {}

  static async create(
    emulator: Pick<Emulator, "endpoint" | "token">,
    program: PulumiFn = async () => {},
    env: Record<string, string> = {},
  ): Promise<TestStack> {
    const backend = await mkdtemp(join(tmpdir(), "pulumi-dataspace-"));
    const holder = { run: program, wasRun: false };
    const stack = await openStack({
      project: "connectors",
      program: () => {
        holder.wasRun = true;
        return holder.run();
      },
      folder: backend,
      modulesIn: projectFolder,
      env: { DATASPACE_ENDPOINT: emulator.endpoint, DATASPACE_TOKEN: emulator.token, ...env },
    });
    return new TestStack(stack, backend, holder);
  }

  /** Runs `pulumi up`; with a program, that one from now on. */
  up(program?: PulumiFn, options: Options = {}): Promise<Outcome> {
    return this.#run("up", program, options);
  }

  preview(program?: PulumiFn, options: Options = {}): Promise<Outcome> {
    return this.#run("preview", program, options);
  }

  /** `pulumi preview --json`, which the Automation API doesn't know. */
  async previewJson(options: Options = {}): Promise<Outcome> {
    const command = this.stack.workspace.pulumiCommand as unknown as {
      run: (args: readonly string[], ...rest: unknown[]) => Promise<unknown>;
    };
    const { run } = command;
    command.run = (args, ...rest) => run.call(command, args[0] === "preview" ? [...args, "--json"] : args, ...rest);
    try {
      return await this.#run("preview", undefined, options);
    } finally {
      command.run = run;
    }
  }

  refresh(options: Options = {}): Promise<Outcome> {
    return this.#run("refresh", undefined, options);
  }

  destroy(options: Options = {}): Promise<Outcome> {
    return this.#run("destroy", undefined, options);
  }

  setEnv(env: Record<string, string>): void {
    Object.assign(this.stack.workspace.envVars, env);
  }

  async setConfig(config: ConfigMap): Promise<void> {
    await this.stack.setAllConfig(config);
  }

  /** The connectors in state, by resource name. */
  async resources(): Promise<Record<string, Resource>> {
    const { deployment } = (await this.stack.exportStack()) as { deployment: { resources?: Resource[] } };
    const connectors = (deployment.resources ?? []).filter((resource) => resource.type.endsWith("dataspace:Connector"));
    return Object.fromEntries(connectors.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  /** State as the engine exports it. */
  async exported(): Promise<string> {
    return JSON.stringify(await this.stack.exportStack(), undefined, 2);
  }

  async pendingOperations(): Promise<unknown[]> {
    const { deployment } = (await this.stack.exportStack()) as { deployment: { pending_operations?: unknown[] } };
    return deployment.pending_operations ?? [];
  }

  /** The file in which the backend keeps the stack, as it lies on the disk. */
  checkpoint(): Promise<string> {
    return readFile(join(this.backend, ".pulumi", "stacks", "connectors", "test.json"), "utf8");
  }

  /** Every file that the backend holds, as it lies on the disk. */
  async rawState(): Promise<string> {
    return this.#filesWhere((folder) => !/\/(home|work)/.test(folder));
  }

  async #filesWhere(wanted: (folder: string) => boolean): Promise<string> {
    const texts: string[] = [];
    for (const entry of await readdir(this.backend, { recursive: true, withFileTypes: true })) {
      if (entry.isFile() && wanted(entry.parentPath))
        texts.push(await readFile(join(entry.parentPath, entry.name), "utf8"));
    }
    return texts.join("\n");
  }

  /** Every file that belongs to the stack: its state, its settings, the engine's home. */
  async allFiles(): Promise<string> {
    return this.#filesWhere(() => true);
  }

  async remove(): Promise<void> {
    await rm(this.backend, { recursive: true, force: true });
  }

  async #run(verb: Verb, program: PulumiFn | undefined, { debug = false, ...options }: Options): Promise<Outcome> {
    if (program) this.program.run = program;
    const printed = { output: "", stdout: "", stderr: "" };
    const events: EngineEvent[] = [];
    const print = (stream: "stdout" | "stderr") => (text: string) => {
      printed[stream] += text;
      printed.output += text;
    };
    const common = {
      ...options,
      ...(debug ? { debug: true } : {}),
      onOutput: print("stdout"),
      onError: print("stderr"),
      onEvent: (event: EngineEvent) => events.push(event),
    };
    this.program.wasRun = false;
    try {
      await this.stack[verb]({ diff: verb === "preview", ...common });
      // Where an engine was killed before, the SDK may lose the next one and swallow that: docs/decisions/0019.
      const meant = this.program.wasRun || !["up", "preview"].includes(verb);
      return outcomeOf(meant, printed, events);
    } catch (error) {
      printed.output += `\n${(error as Error).message}`;
      return outcomeOf(false, printed, events);
    }
  }
}

interface Options {
  readonly debug?: boolean;
  readonly logVerbosity?: number;
  readonly logToStdErr?: boolean;
  readonly refresh?: boolean;
  readonly continueOnError?: boolean;
  readonly signal?: AbortSignal;
  readonly replace?: string[];
}

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: Record<string, unknown>;
  readonly outputs: Record<string, unknown>;
  readonly initErrors?: string[];
}

function outcomeOf(ok: boolean, printed: Printed, events: readonly EngineEvent[]): Outcome {
  return { ok, ...printed, said: printed.output.replace(/\s+/g, " "), changes: changesIn(events), events };
}

function changesIn(events: readonly EngineEvent[]): Record<string, number> {
  const summary = events.find((event) => event.summaryEvent)?.summaryEvent;
  return Object.fromEntries(Object.entries(summary?.resourceChanges ?? {}).map(([op, count]) => [op, Number(count)]));
}
