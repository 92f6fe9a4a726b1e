import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type { ConnectorArgs } from "../../../generated/args.js";
import { isInsecure } from "../../../provider/core/endpoint.js";
import { variableOf } from "../../../provider/core/settings.js";
import { problemsIn } from "../../../provider/model/check.js";
import { isObject } from "../../../provider/model/json.js";
import * as say from "./messages.js";
import { checkEntries, type CheckedEntry } from "./entries.js";
import { readJson, readYaml } from "../yaml/read.js";
import { readText } from "./file.js";
import { byPosition, pathText, problemLine, type Located, type Path, type Position } from "../yaml/located.js";
import type { Manifest, ManifestProblem } from "./manifest.js";
import { headSchema } from "./schema.js";

export interface CheckedManifest {
  /** Absent where there are problems. */
  readonly manifest?: Manifest;
  /** In the order of the file. */
  readonly problems: readonly ManifestProblem[];
  /** The policy's path, from where the manifest's own is given; also where something else is wrong. */
  readonly policy?: string;
}

/**
 * Everything that is wrong with a manifest, at once.
 *
 * @throws ConnectorError `MANIFEST_INVALID` where the file can't be read at all
 */
export async function checkManifest(path: string): Promise<CheckedManifest> {
  const problems = new Problems(path);
  const file = await readText(path);
  if ("problem" in file) return problems.add({ line: 1, column: 1 }, [], file.problem).ending();
  const read = path.endsWith(".json") ? readJson(file.text) : readYaml(file.text);
  for (const { position, path: at, sentence } of read.problems) problems.add(position, at, sentence);
  const { located } = read;
  if (!located) return problems.ending();
  if (!isObject(located.value)) {
    const sentence = located.value === null ? say.empty : say.notAMapping;
    return (read.problems.length > 0 ? problems : problems.add({ line: 1, column: 1 }, [], sentence)).ending();
  }
  return new Check(path, located, located.value, problems).run();
}

/** Collected as they are found; each said once, in the order of the file. */
class Problems {
  readonly #found = new Map<string, ManifestProblem>();

  constructor(private readonly file: string) {}

  get none(): boolean {
    return this.#found.size === 0;
  }

  add({ line, column }: Position, path: Path, sentence: string): this {
    const text = problemLine(this.file, { line, column }, path, sentence);
    this.#found.set(text, { line, column, path: pathText(path), text });
    return this;
  }

  ending(more: Omit<CheckedManifest, "problems"> = {}): CheckedManifest {
    return { ...more, problems: [...this.#found.values()].sort(byPosition) };
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Check {
  constructor(
    private readonly path: string,
    private readonly located: Located,
    private readonly root: Fields,
    private readonly problems: Problems,
  ) {}

  async run(): Promise<CheckedManifest> {
    this.#head();
    const policy = await this.#policy();
    const entries = checkEntries(this.root, this.located, this.path, (path, sentence) => this.#say(path, sentence));
    if (!this.problems.none) return this.problems.ending(policy);
    const { project, endpoint, shards } = headSchema.parse(this.root);
    const manifest: Manifest = {
      path: this.path,
      project,
      ...(endpoint === undefined ? {} : { endpoint }),
      shards: shards ?? 1,
      ...policy,
      connectors: entries.map(connectorOf),
      warnings: [...this.#warnings(endpoint), ...entries.flatMap((entry) => this.#warningsOf(entry))],
    };
    return this.problems.ending({ manifest, ...policy });
  }

  #head(): void {
    for (const [field, value] of Object.entries(this.root)) {
      if (value === null && Object.hasOwn(headSchema.shape, field)) this.#say([field], say.nothing);
    }
    for (const { path, sentence } of problemsIn(headSchema, this.root)) {
      if (this.root[path[0] ?? ""] !== null) this.#say(path, sentence);
    }
  }

  async #policy(): Promise<{ readonly policy?: string }> {
    const { policy } = this.root;
    if (typeof policy !== "string" || policy === "") return {};
    const file = isAbsolute(policy) ? policy : join(dirname(this.path), policy);
    try {
      await access(file, constants.R_OK);
      if ((await stat(file)).isFile()) return { policy: file };
      this.#say(["policy"], say.policyMissing("EISDIR"));
    } catch (error) {
      this.#say(["policy"], say.policyMissing((error as NodeJS.ErrnoException).code ?? "unknown"));
    }
    return {};
  }

  #warnings(endpoint: string | undefined): string[] {
    if (endpoint === undefined || !isInsecure(endpoint)) return [];
    return [this.#line(["endpoint"], say.insecure(variableOf("allowInsecure", undefined)))];
  }

  #warningsOf({ key, warnings }: CheckedEntry): string[] {
    return warnings.map((warning) => this.#line(["connectors", key], warning));
  }

  #line(path: Path, sentence: string): string {
    return problemLine(this.path, this.located.positionOf(path), path, sentence);
  }

  #say(path: Path, sentence: string): void {
    this.problems.add(this.located.positionOf(path), path, sentence);
  }
}

function connectorOf({ key, args, literalCredentials }: CheckedEntry) {
  const { protect, ...rest } = args;
  return { key, args: rest as ConnectorArgs, protect: protect === true, literalCredentials };
}
