import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Pair } from "yaml";

type Path = readonly PropertyKey[];

/** Where something is in a text; both begin at 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A YAML (or JSON) text as a value, with the places of everything in it. */
export interface LocatedYaml {
  readonly value: unknown;
  /** What makes the text no YAML. */
  readonly problems: readonly { readonly place: Place; readonly text: string }[];
  /** Where the value at `path` is, or the innermost that is there of those around it. */
  placeOf(path: Path): Place;
  /** Where the key is that `path` ends with. */
  placeOfKey(path: Path): Place;
}

export function readLocatedYaml(text: string): LocatedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const place = (offset: number): Place => {
    const { line, col: column } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(column, 1) };
  };
  const faults = [...document.errors, ...document.warnings];
  const problems = faults.map(({ pos, message }) => ({ place: place(pos[0]), text: `is no YAML: ${message}` }));
  return {
    ...valueOf(document, problems.length > 0),
    ...(problems.length > 0 ? { problems } : {}),
    placeOf: (path) => place(nodesAlong(document, path).at(-1)?.start ?? 0),
    placeOfKey: (path) => place(nodesAlong(document, path).at(-1)?.keyStart ?? 0),
  };
}

/** What is left undefined, and an alias that stands for too much, show only now. */
function valueOf(document: Document, broken: boolean): Pick<LocatedYaml, "value" | "problems"> {
  if (broken) return { value: undefined, problems: [] };
  try {
    return { value: document.toJS(), problems: [] };
  } catch (error) {
    const text = `is no YAML: ${error instanceof Error ? error.message : String(error)}`;
    return { value: undefined, problems: [{ place: { line: 1, column: 1 }, text }] };
  }
}

interface Found {
  readonly start: number;
  readonly keyStart: number;
}

/** The nodes from the outermost to the one at `path`, as far as they are there. */
function nodesAlong(document: Document, path: Path): Found[] {
  let node: unknown = document.contents;
  const found: Found[] = [{ start: startOf(node) ?? 0, keyStart: startOf(node) ?? 0 }];
  for (const part of path) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined;
    if (!pair && !isSeq(node)) break;
    const inner: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(part)] : undefined;
    const keyStart = startOf((pair as Pair | undefined)?.key) ?? startOf(inner);
    if (keyStart === undefined) break;
    found.push({ start: startOf(inner) ?? keyStart, keyStart });
    node = inner;
  }
  return found;
}

function startOf(node: unknown): number | undefined {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range?.[0] : undefined;
}
