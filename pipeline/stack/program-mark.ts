import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation/index.js";
import type { EngineResult, EngineVerb } from "./engine-run.js";
import type { OpenSource } from "../source/source.js";

/**
 * Whether a run has run its inline program at all. Where Pulumi's SDK loses the engine before that, it takes the program for
 * one that declares nothing, and the engine deletes all there is (observed; docs/decisions/0019).
 */
export class ProgramMark {
  readonly #path: string;
  #isWatched = false;

  constructor(folder: string) {
    this.#path = join(folder, "program-was-run");
  }

  /** The source with an inline program that leaves the mark as soon as it is run; any other as it is. */
  leftBy(source: OpenSource): OpenSource {
    const { program } = source;
    if (!program) return source;
    this.#isWatched = true;
    const marking: PulumiFn = async () => {
      await writeFile(this.#path, "");
      return program();
    };
    return { ...source, program: marking };
  }

  /** A run, without a mark at first; where it may delete, the provider looks for the mark before it does. */
  async watch(
    verb: EngineVerb,
    run: (env: Readonly<Record<string, string>>) => Promise<EngineResult>,
  ): Promise<EngineResult> {
    if (!this.#isWatched) return run({});
    await rm(this.#path, { force: true });
    const result = await run({ DATASPACE_PROGRAM_MARK: verb === "up" ? this.#path : "" });
    const runsProgram = verb === "up" || verb === "preview";
    if (!runsProgram || !result.ok || existsSync(this.#path)) return result;
    return { ...result, ok: false, programNeverRan: true };
  }
}
