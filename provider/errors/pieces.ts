import { folded, foldedLayersOf, layersOf, type Folded } from "./fold.js";

/** So many characters in a row that a word shares with a secret give it away. */
export const sharing = 6;

/**
 * Every run of {@link sharing} characters of every secret, folded, as two hashes in an open table: a run costs four bytes. Made when
 * first asked of, so that a run in which no service says anything pays nothing.
 */
class Runs {
  readonly #texts: string[] = [];
  readonly #waiting: string[] = [];
  #table = new Uint32Array(2 ** 10);
  #size = 0;

  add(secret: string): void {
    this.#waiting.push(secret);
  }

  /** @returns whether there are any */
  prepare(): boolean {
    for (const secret of this.#waiting.splice(0))
      for (const text of foldedLayersOf(secret)) {
        if (text.length < sharing) continue;
        this.#texts.push(text);
        this.#index(text);
      }
    return this.#size > 0;
  }

  has(text: string, at: number): boolean {
    return this.#table[this.#slotOf(text, at)] !== 0;
  }

  #index(text: string): void {
    for (let at = 0; at + sharing <= text.length; at++) {
      if (text.slice(at, at + sharing).trim() === "") continue;
      const slot = this.#slotOf(text, at);
      if (this.#table[slot] !== 0) continue;
      this.#table[slot] = hashOf(text, at, 0x9747b28c) || 1;
      if (++this.#size * 2 > this.#table.length) return this.#grow();
    }
  }

  #grow(): void {
    this.#table = new Uint32Array(this.#table.length * 4);
    this.#size = 0;
    for (const text of this.#texts) this.#index(text);
  }

  /** Where a run is, or would be. */
  #slotOf(text: string, at: number): number {
    const mask = this.#table.length - 1;
    const mark = hashOf(text, at, 0x9747b28c) || 1;
    let slot = hashOf(text, at, 0) & mask;
    while (this.#table[slot] !== 0 && this.#table[slot] !== mark) slot = (slot + 1) & mask;
    return slot;
  }
}

function hashOf(text: string, at: number, seed: number): number {
  let hash = seed;
  for (let i = at; i < at + sharing; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 15)) >>> 0;
}

const runs = new Runs();

/** From now on, words that share a run with `secret` are found. */
export function addRuns(secret: string): void {
  runs.add(secret);
}

/** Words end here. Secrets may hold these, too: what is shared goes in any case. */
const between = /[\s"'`<>()[\]{},;:=&?|]/;
/** What may be base64 or hex of something. */
const encoded = /[\w+/-]{8,}/g;

/**
 * Where `text` shares {@link sharing} or more characters in a row with a secret, as it is or decoded, each time the whole word around:
 * pairs of start and end, in order. Takes time in proportion to the text.
 */
export function sharedPieces(text: string): (readonly [number, number])[] {
  if (text.length < sharing || !runs.prepare() || !isSuspect(text)) return [];
  const depth = new Int32Array(text.length + 1);
  for (const layer of layersOf(text)) {
    markRuns(layer, depth);
    for (const { 0: word, index } of layer.text.matchAll(encoded))
      if (decodingsOf(word).some(holdsRun))
        mark(depth, layer.starts[index] ?? 0, layer.ends[index + word.length - 1] ?? 0);
  }
  return piecesOf(text, depth);
}

/** Whether there is anything to mark: most texts are done with here. */
function isSuspect(text: string): boolean {
  if (holdsRun(text)) return true;
  const layers = /[%\\&]/.test(text) ? layersOf(text).map((layer) => layer.text) : [text];
  return layers.some((layer) => [...layer.matchAll(encoded)].some(([word]) => decodingsOf(word).some(holdsRun)));
}

function markRuns(layer: Folded, depth: Int32Array): void {
  const { text, starts, ends } = folded(layer);
  for (let at = 0; at + sharing <= text.length; at++)
    if (runs.has(text, at)) mark(depth, starts[at] ?? 0, ends[at + sharing - 1] ?? 0);
}

function mark(depth: Int32Array, from: number, to: number): void {
  depth[from] = (depth[from] ?? 0) + 1;
  depth[to] = (depth[to] ?? 0) - 1;
}

/** A word that was cut may begin anywhere in a group of four, or two, characters. */
function decodingsOf(word: string): string[] {
  const ofBase64 = [0, 1, 2, 3].map((cut) => Buffer.from(word.slice(cut), "base64").toString("utf8"));
  if (!/^[0-9a-f]+$/i.test(word)) return ofBase64;
  return [...ofBase64, ...[0, 1].map((cut) => Buffer.from(word.slice(cut), "hex").toString("utf8"))];
}

function holdsRun(text: string): boolean {
  return foldedLayersOf(text).some((plain) => {
    for (let at = 0; at + sharing <= plain.length; at++) if (runs.has(plain, at)) return true;
    return false;
  });
}

/** What is marked, each time up to the ends of the word. */
function piecesOf(text: string, depth: Int32Array): (readonly [number, number])[] {
  const pieces: [number, number][] = [];
  let marks = 0;
  let word = 0;
  let found: [number, number] | undefined;
  for (let at = 0; at < text.length; at++) {
    marks += depth[at] ?? 0;
    const ends = between.test(text.charAt(at));
    if (marks > 0) {
      found ??= [ends ? at : word, at];
      found[1] = at + 1;
    } else if (found && !ends) found[1] = at + 1;
    else if (found) {
      pieces.push(found);
      found = undefined;
    }
    if (ends) word = at + 1;
  }
  if (found) pieces.push(found);
  return pieces;
}
