/** A text as it is compared, and where each of its UTF-16 units stands in the text that it was made of. */
export interface Folded {
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** How often what is decoded may be encoded once more: `%252f`, JSON in JSON. */
const deepest = 3;
const escapes = /(?:%[0-9a-f]{2})+|\\u[0-9a-f]{4}|\\x[0-9a-f]{2}|\\[^]|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/gi;

/** A text as it is written and with each layer of its escapes decoded, all compared without case, accents and composition. */
export function layersOf(text: string): Folded[] {
  let layer: Folded = {
    text,
    starts: Array.from({ length: text.length }, (_, at) => at),
    ends: Array.from({ length: text.length }, (_, at) => at + 1),
  };
  const layers = [layer];
  for (let depth = 0; depth < deepest; depth++) {
    const decoded = unescaped(layer);
    if (decoded.text === layer.text) break;
    layers.push((layer = decoded));
  }
  return layers;
}

/** The same layers, folded, without where anything stands: a fraction of the work. */
export function foldedLayersOf(text: string): string[] {
  const layers = [text];
  for (let depth = 0, layer = text; depth < deepest; depth++) {
    const decoded = layer.replace(escapes, meaningOf);
    if (decoded === layer) break;
    layers.push((layer = decoded));
  }
  return layers.map(foldedText);
}

function foldedText(text: string): string {
  // eslint-disable-next-line no-control-regex -- all of ASCII
  if (/^[\u0000-\u007f]*$/.test(text)) return text.toLowerCase().replace(/[\s+]/g, " ");
  return Array.from(text, foldedCharacter).join("");
}

/** Upper and lower case, é and e with an accent, ﬁ and fi are one; a plus is a space, as forms write it. */
export function folded(layer: Folded): Folded {
  return rewritten(layer, function* () {
    let at = 0;
    for (const character of layer.text) {
      yield [at, at + character.length, foldedCharacter(character)];
      at += character.length;
    }
  });
}

function foldedCharacter(character: string): string {
  if (character === "+" || /\s/.test(character)) return " ";
  if (character < "\u0080") return character.toLowerCase();
  return character
    .normalize("NFKD")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}]/gu, "");
}

function unescaped(layer: Folded): Folded {
  return rewritten(layer, function* () {
    let kept = 0;
    for (const { 0: escape, index } of layer.text.matchAll(escapes)) {
      for (let at = kept; at < index; at++) yield [at, at + 1, layer.text.charAt(at)];
      kept = index + escape.length;
      yield [index, kept, meaningOf(escape)];
    }
    for (let at = kept; at < layer.text.length; at++) yield [at, at + 1, layer.text.charAt(at)];
  });
}

/** @param parts where each part of the layer begins and ends, and what stands in its place */
function rewritten(layer: Folded, parts: () => Iterable<readonly [number, number, string]>): Folded {
  const texts: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  for (const [from, to, text] of parts()) {
    texts.push(text);
    for (let unit = 0; unit < text.length; unit++) {
      starts.push(layer.starts[from] ?? 0);
      ends.push(layer.ends[to - 1] ?? 0);
    }
  }
  return { text: texts.join(""), starts, ends };
}

function meaningOf(escape: string): string {
  if (escape.startsWith("%")) return utf8Or1252(Buffer.from(escape.replaceAll("%", ""), "hex"));
  if (escape.startsWith("&#"))
    return characterAt(/^&#x/i.test(escape) ? parseInt(escape.slice(3), 16) : parseInt(escape.slice(2), 10));
  if (escape.startsWith("&")) return entity(escape.slice(1, -1)) ?? escape;
  if (/^\\[ux]./i.test(escape)) return String.fromCharCode(parseInt(escape.slice(2), 16));
  return backslashed.get(escape.charAt(1)) ?? escape.charAt(1);
}

const backslashed: ReadonlyMap<string, string> = new Map(Array.from("nrtbf", (letter) => [letter, " "]));

function utf8Or1252(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? bytes.toString("latin1") : text;
}

function characterAt(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : "";
}

const entities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["plus", "+"],
  ["sol", "/"],
  ["bsol", "\\"],
  ["equals", "="],
  ["colon", ":"],
  ["comma", ","],
  ["percnt", "%"],
  ["num", "#"],
  ["szlig", "ss"],
]);

/** Accents don't count: `&auml;` is an a. */
function entity(name: string): string | undefined {
  const [, letter] = /^([a-z])(?:uml|acute|grave|circ|tilde|cedil|ring|caron)$/i.exec(name) ?? [];
  return entities.get(name.toLowerCase()) ?? letter;
}
