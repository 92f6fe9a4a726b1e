import { access } from "node:fs/promises";
import { join } from "node:path";
import type { LocalWorkspace } from "@pulumi/pulumi/automation/index.js";
import { backendOf } from "./backend.js";

const compressing = "PULUMI_DIY_BACKEND_ZSTD";
/** Pulumi's own switches, under both of their names: whoever sets one of them decides. */
const switches = ["DIY_BACKEND_ZSTD", "DIY_BACKEND_GZIP", "SELF_MANAGED_STATE_ZSTD", "SELF_MANAGED_STATE_GZIP"].map(
  (name) => `PULUMI_${name}`,
);
/** A bucket's files can't be seen from here: there the stack remembers by a tag. */
const tag = "pulumi-dataspace:state";

/**
 * Keeps a stack's state compressed, or as it is. The engine reads both, and writes as the environment of each run says,
 * whatever it has found: so every run that writes must be told.
 */
export class StateCompression {
  readonly #decided: boolean;
  #kept: Promise<boolean> | undefined;

  constructor(
    private readonly workspace: LocalWorkspace,
    private readonly stack: string,
  ) {
    const env: NodeJS.ProcessEnv = { ...process.env, ...workspace.envVars };
    this.#decided = switches.some((name) => env[name] !== undefined);
  }

  /** For a stack that is about to be made; nothing of it has been written yet. */
  begin(): void {
    this.#kept = Promise.resolve(true);
    this.#tell(true);
  }

  /** Has it written compressed from the next change on; gives whether that is new. */
  async convert(): Promise<boolean> {
    if (this.#decided || (await this.kept())) return false;
    this.begin();
    await this.remember();
    return true;
  }

  /** Has the stack remember it, where its files don't tell. */
  async remember(): Promise<void> {
    if (this.#decided) return;
    if ((await backendOf(this.workspace)).kind === "bucket") await this.workspace.setTag(this.stack, tag, "compressed");
  }

  /** Whether it is kept compressed. */
  kept(): Promise<boolean> {
    return (this.#kept ??= this.#find());
  }

  /** Tells the engine, before a run that writes. */
  async apply(): Promise<void> {
    this.#tell(await this.kept());
  }

  #tell(compressed: boolean): void {
    if (compressed && !this.#decided) this.workspace.envVars[compressing] = "true";
  }

  async #find(): Promise<boolean> {
    if (this.#decided) return false;
    const backend = await backendOf(this.workspace);
    if (backend.kind === "service") return false;
    if (backend.kind === "bucket") return (await this.workspace.listTags(this.stack))[tag] === "compressed";
    const { name } = await this.workspace.projectSettings();
    const file = join(backend.folder, ".pulumi", "stacks", name, `${this.stack.split("/").at(-1) ?? ""}.json.zst`);
    return access(file).then(
      () => true,
      () => false,
    );
  }
}
