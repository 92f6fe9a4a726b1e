import { printableKey } from "../../../provider/model/name.js";
/** A place in a file; both begin at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Names and numbers from the outermost inwards. */
export type Path = readonly (string | number)[];

/** What a file says, and where each part of it stands. */
export class Located {
  readonly #positions = new Map<string, Position>();

  /** Nothing but texts, numbers, booleans, null, arrays and objects. */
  value: unknown = undefined;

  place(path: Path, position: Position): void {
    this.#positions.set(JSON.stringify(path), position);
  }

  has(path: Path): boolean {
    return this.#positions.has(JSON.stringify(path));
  }

  /** Whether something other than null stands there. */
  gives(path: Path): boolean {
    let value = this.value;
    for (const part of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return false;
      value = (value as Readonly<Record<string | number, unknown>>)[part];
    }
    return path.length > 0 && value !== undefined && value !== null;
  }

  /** Where it stands, or the nearest thing around it that is there. */
  positionOf(path: Path): Position {
    for (let length = path.length; length > 0; length--) {
      const position = this.#positions.get(JSON.stringify(path.slice(0, length)));
      if (position) return position;
    }
    return { line: 1, column: 1 };
  }
}

/** `connectors.acme.amazonS3.region`; what is no plain word stands in brackets. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") return `[${part}]`;
      if (/^[\w-]{1,100}$/.test(part)) return index === 0 ? part : `.${part}`;
      return `[${/^[ -~]{1,60}$/.test(part) ? JSON.stringify(part) : printableKey(part)}]`;
    })
    .join("");
}
