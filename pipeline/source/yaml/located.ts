import { printableKey } from "../../../provider/model/name.js";
/** A place in a file. Both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Names and numbers from the outermost inwards. */
export type Path = readonly (string | number)[];

/** A file's data, and the position of each part of it. */
export class Located {
  readonly #positions = new Map<string, Position>();

  /** Strings, numbers, booleans, null, arrays and objects. */
  value: unknown = undefined;

  place(path: Path, position: Position): void {
    this.#positions.set(JSON.stringify(path), position);
  }

  has(path: Path): boolean {
    return this.#positions.has(JSON.stringify(path));
  }

  /** Whether there is a value other than null. */
  gives(path: Path): boolean {
    let value = this.value;
    for (const part of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return false;
      value = (value as Readonly<Record<string | number, unknown>>)[part];
    }
    return path.length > 0 && value !== undefined && value !== null;
  }

  /** Of a property: where its key is. Of what is not there: the nearest part around it. */
  positionOf(path: Path): Position {
    for (let length = path.length; length > 0; length--) {
      const position = this.#positions.get(JSON.stringify(path.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
}

/** `connectors.acme.amazonS3.region`; keys that are not plain words are in brackets. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (/^[\w-]{1,100}$/.test(part)) return index === 0 ? part : `.${part}`;
      return `[${/^[ -~]{1,60}$/.test(part) ? JSON.stringify(part) : printableKey(part)}]`;
    })
    .join("");
}

/** A problem's line, as compilers write it. */
export function problemLine(file: string, { line, column }: Position, path: Path, sentence: string): string {
  const at = pathText(path);
  return `${file}:${line}:${column}: ${at === "" ? "" : `${at}: `}${sentence}`;
}

/** In the order of the file. */
export function byPosition(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}
