import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from "yaml";
import { unknownSentinel } from "../../../provider/model/unknown.js";
import { alias, mergeKey, notJson, notYaml, syntax, tagged, twice, unresolvedAlias } from "./messages.js";
import { Located, type Path, type Position } from "./located.js";

/** Something wrong with the text itself. */
export interface TextProblem {
  readonly position: Position;
  readonly path: Path;
  readonly sentence: string;
}

export interface Read {
  /** Absent where the text can't be parsed. */
  readonly located?: Located;
  readonly problems: readonly TextProblem[];
}

export interface ReadOptions {
  /**
   * Resolves aliases, at most a hundred.
   *
   * @default false: they are refused
   */
  readonly aliases?: boolean;
}

/**
 * Reads YAML 1.2 (and with it JSON) to plain data with positions. Refuses what readers understand differently: duplicate keys,
 * merge keys, tags, several documents.
 */
export function readYaml(text: string, { aliases = false }: ReadOptions = {}): Read {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    version: "1.2",
    schema: "core",
    strict: true,
    merge: false,
    // Found below: the parser compares each key to each.
    uniqueKeys: false,
    // A key is what is written: `007` and `true` are strings.
    stringKeys: true,
    prettyErrors: false,
    lineCounter: lines,
  });
  const [broken] = document.errors;
  if (broken)
    return { problems: [{ ...at(lines, broken.pos[0]), path: [], sentence: syntax[broken.code] ?? notYaml }] };
  return new Reader(document, lines, aliases ? 100 : 0).read();
}

/** As {@link readYaml}, and the text must be JSON, so that every reader of the file understands it. */
export function readJson(text: string): Read {
  try {
    JSON.parse(text);
  } catch (error) {
    // Only the place is taken from the message: it quotes the text.
    const [, offset] = /position (\d+)/.exec((error as Error).message) ?? [];
    const before = text.slice(0, Number(offset ?? text.length)).split("\n");
    const position = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return { problems: [{ position, path: [], sentence: notJson }] };
  }
  return readYaml(text);
}

function at(lines: LineCounter, offset: number): { readonly position: Position } {
  const { line, col } = lines.linePos(offset);
  return { position: { line: Math.max(line, 1), column: Math.max(col, 1) } };
}

class Reader {
  readonly #located = new Located();
  readonly #problems: TextProblem[] = [];

  constructor(
    private readonly document: Document.Parsed,
    private readonly lines: LineCounter,
    private aliasesLeft: number,
  ) {}

  read(): Read {
    this.#located.value = this.#valueOf(this.document.contents, []);
    return { located: this.#located, problems: this.#problems };
  }

  #valueOf(node: Node | null, path: Path): unknown {
    if (node === null) return null;
    if (isAlias(node)) {
      if (--this.aliasesLeft < 0) return this.#complain(node, path, alias);
      const target = node.resolve(this.document);
      return target ? this.#valueOf(target, path) : this.#complain(node, path, unresolvedAlias);
    }
    if (node.tag !== undefined) return this.#complain(node, path, tagged);
    if (isScalar(node)) return node.value;
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        const inner = [...path, index];
        const child = item as Node | null;
        this.#place(child, inner);
        return this.#valueOf(child, inner);
      });
    }
    if (!isMap(node)) return null;
    const fields = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      const inner = [...path, name];
      if (name === "<<") this.#complain(key as Node, inner, mergeKey);
      else if (fields.has(name)) this.#complain(key as Node, inner, twice);
      else {
        this.#place(key as Node, inner);
        fields.set(name, this.#valueOf(value as Node | null, inner));
      }
    }
    // Own properties, whatever their names, also `__proto__`.
    return Object.fromEntries(fields);
  }

  #place(node: Node | null, path: Path): void {
    const offset = node?.range?.[0];
    if (offset !== undefined) this.#located.place(path, at(this.lines, offset).position);
  }

  /** Nothing else is said of the value: the later checks take it for one that isn't known yet. */
  #complain(node: Node, path: Path, sentence: string): string {
    this.#problems.push({ ...at(this.lines, node.range?.[0] ?? 0), path, sentence });
    return unknownSentinel;
  }
}
