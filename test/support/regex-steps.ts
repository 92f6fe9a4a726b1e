/** How a backtracking matcher, as V8's is, works through a pattern, counted instead of timed. */

type Node =
  | { readonly kind: "one"; readonly takes: RegExp; readonly samples: readonly string[] }
  | { readonly kind: "edge"; readonly holds: (text: string, at: number) => boolean }
  | { readonly kind: "look"; readonly wanted: boolean; readonly behind: boolean; readonly body: Node }
  | { readonly kind: "all"; readonly parts: readonly Node[] }
  | { readonly kind: "any"; readonly choices: readonly Node[] }
  | {
      readonly kind: "repeat";
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
      readonly body: Node;
    };

const alphabet = Array.from("ab0A <>=/-_.:,;'\"\\[](){}|*+?^$#@!%&~`\n\t\r\u001b\u0007\u0000\u0080é");
const isWord = (text: string, at: number) => /\w/.test(text.charAt(at));

class Parser {
  #at = 0;
  constructor(
    private readonly source: string,
    private readonly flags: string,
  ) {}

  choices(): Node {
    const choices = [this.#sequence()];
    while (this.#eat("|")) choices.push(this.#sequence());
    return choices.length === 1 && choices[0] ? choices[0] : { kind: "any", choices };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.source.length && !/[|)]/.test(this.source.charAt(this.#at))) parts.push(this.#repeated());
    return { kind: "all", parts };
  }

  #repeated(): Node {
    const body = this.#atom();
    const [found, sign = "", from, comma, to] =
      /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})/.exec(this.source.slice(this.#at)) ?? [];
    if (found === undefined) return body;
    this.#at += found.length;
    const signs: Record<string, [number, number]> = { "*": [0, Infinity], "+": [1, Infinity], "?": [0, 1] };
    const most = comma ? (to ? Number(to) : Infinity) : Number(from);
    const [least, greatest] = signs[sign] ?? [Number(from), most];
    return { kind: "repeat", least, most: greatest, lazy: this.#eat("?"), body };
  }

  #atom(): Node {
    if (this.#eat("^")) return { kind: "edge", holds: (_, at) => at === 0 };
    if (this.#eat("$")) return { kind: "edge", holds: (text, at) => at === text.length };
    if (this.#eat("\\b")) return { kind: "edge", holds: (text, at) => isWord(text, at - 1) !== isWord(text, at) };
    if (this.#eat("\\B")) return { kind: "edge", holds: (text, at) => isWord(text, at - 1) === isWord(text, at) };
    const [look, behind, sign] = /^\(\?(<?)([=!])/.exec(this.source.slice(this.#at)) ?? [];
    if (look !== undefined) {
      this.#at += look.length;
      return { kind: "look", wanted: sign === "=", behind: behind === "<", body: this.#group() };
    }
    const [open] = /^\((?:\?:|\?<\w+>)?/.exec(this.source.slice(this.#at)) ?? [];
    if (open === undefined) return this.#one();
    this.#at += open.length;
    return this.#group();
  }

  #group(): Node {
    const body = this.choices();
    if (!this.#eat(")")) throw new Error(`a group without end in /${this.source}/`);
    return body;
  }

  #one(): Node {
    const rest = this.source.slice(this.#at);
    const shape =
      /^(?:\[(?:\\[^]|[^\]\\])*\]|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[pP]\{[^}]*\}|\\c[A-Z]|\\[^]|[^])/;
    const [atom = ""] = (this.flags.includes("u") ? new RegExp(shape, "u") : shape).exec(rest) ?? [];
    if (/^\\(?:[1-9]|k<)/.test(atom)) throw new Error(`/${this.source}/ refers back to a group`);
    this.#at += atom.length;
    const takes = new RegExp(`^(?:${atom})$`, this.flags.replace(/[gyd]/g, ""));
    return {
      kind: "one",
      takes,
      samples: [...Array.from(atom), ...alphabet].filter((each) => takes.test(each)).slice(0, 2),
    };
  }

  #eat(word: string): boolean {
    const here = this.source.startsWith(word, this.#at);
    if (here) this.#at += word.length;
    return here;
  }
}

type Then = (at: number) => boolean;

class Matcher {
  steps = 0;
  constructor(
    private readonly text: string,
    private readonly most: number,
  ) {}

  match(node: Node, at: number, then: Then): boolean {
    if (this.steps++ > this.most) return true;
    switch (node.kind) {
      case "one":
        return at < this.text.length && node.takes.test(this.text.charAt(at)) && then(at + 1);
      case "edge":
        return node.holds(this.text, at) && then(at);
      case "look": {
        const from = node.behind ? Math.max(0, at - 8) : at;
        const starts = node.behind ? Array.from({ length: at - from + 1 }, (_, index) => at - index) : [at];
        const ends: Then = node.behind ? (end) => end === at : () => true;
        return starts.some((start) => this.match(node.body, start, ends)) === node.wanted && then(at);
      }
      case "all":
        return this.#all(node.parts, 0, at, then);
      case "any":
        return node.choices.some((choice) => this.match(choice, at, then));
      case "repeat":
        return this.#repeat(node, 0, at, then);
    }
  }

  #all(parts: readonly Node[], index: number, at: number, then: Then): boolean {
    const part = parts[index];
    return part ? this.match(part, at, (next) => this.#all(parts, index + 1, next, then)) : then(at);
  }

  #repeat(node: Node & { kind: "repeat" }, done: number, at: number, then: Then): boolean {
    const more = () =>
      done < node.most &&
      this.match(node.body, at, (next) => (next > at || done < node.least) && this.#repeat(node, done + 1, next, then));
    if (done < node.least) return more();
    return node.lazy ? then(at) || more() : more() || then(at);
  }
}

interface Pattern {
  readonly node: Node;
  /** It matches where the match before it ended, or not at all. */
  readonly sticky: boolean;
}

/** Steps until a search for every match has ended, or `most`. */
function stepsOf({ node, sticky }: Pattern, text: string, most: number): number {
  const matcher = new Matcher(text, most);
  for (let start = 0; start <= text.length && matcher.steps < most;) {
    let end = start;
    const found = matcher.match(node, start, (at) => ((end = at), true));
    if (sticky && !found) break;
    start = found && end > start ? end : start + 1;
  }
  return matcher.steps;
}

/** The shortest texts that lead to each place of the pattern, and the bodies that it repeats. */
function witnesses(node: Node, before: string, into: { prefixes: Set<string>; pumps: Set<string> }): string {
  switch (node.kind) {
    case "one":
      for (const sample of node.samples) into.pumps.add(sample);
      return node.samples[0] ?? "";
    case "edge":
    case "look":
      return "";
    case "all": {
      let own = "";
      for (const part of node.parts) {
        own += witnesses(part, before + own, into);
        into.prefixes.add(before + own);
      }
      return own;
    }
    case "any":
      return node.choices.map((choice) => witnesses(choice, before, into))[0] ?? "";
    case "repeat": {
      const own = witnesses(node.body, before, into);
      into.pumps.add(own);
      return own.repeat(Math.max(1, node.least));
    }
  }
}

/**
 * The worst text found for a pattern, if the steps that it costs grow faster than its length; `undefined`: it is linear as far
 * as pumping its own pieces tells.
 */
export function worstText({ source, flags, sticky }: RegExp): string | undefined {
  // Without a repetition that has no end there is nothing to grow.
  if (!/[*+]|,\}/.test(source)) return undefined;
  const node = new Parser(source, flags).choices();
  const found = { prefixes: new Set([""]), pumps: new Set<string>() };
  witnesses(node, "", found);
  const short = [...found.prefixes].filter((each) => each.length <= 40);
  for (const prefix of short)
    for (const pump of new Set([...short, ...found.pumps]))
      for (const suffix of ["\u0001", "\n\u0001", ""]) {
        if (pump === "") continue;
        const text = (length: number, times: number) =>
          prefix + pump.repeat(times * 2 * Math.ceil(length / 2 / pump.length)) + suffix;
        // The longer ones tell a bound of the pattern, like {1,99}, from one that isn't there.
        if (growsFast({ node, sticky }, text, 32) && growsFast({ node, sticky }, text, 160))
          return `${prefix}(${pump})*${suffix}`;
      }
  return undefined;
}

/** Twice as long may take twice the steps: what both have in common is taken off. */
function growsFast(pattern: Pattern, text: (length: number, times: number) => string, length: number): boolean {
  const most = 200_000;
  const [one = 0, two = 0, four = 0] = [1, 2, 4].map((times) => stepsOf(pattern, text(length, times), most));
  return four >= most || four - two > 2.6 * (two - one);
}
