import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matcher, selector, unmatchedIn } from "../../../pipeline/source/glob.js";
import {
  engineSelection,
  requireMatches,
  type DeclaredResource,
  type EngineSelection,
} from "../../../pipeline/stack/selection.js";
import { connectorUrn, isConnector, keyOf } from "../../../pipeline/stack/urn.js";

const urn = (key: string) => connectorUrn("prod", "fleet", key);
const other = "urn:pulumi:prod::fleet::aws:s3/bucket:Bucket::core-a";

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** Which URNs the engine works on, as its source reads targets and excludes: `*` is a glob, everything else itself. */
function engineWorksOn({ target, exclude }: EngineSelection): (urn: string) => boolean {
  const matches = (patterns: readonly string[]) => {
    const expressions = patterns.map((pattern) => {
      const parts = pattern.split("**").map((part) => part.split("*").map(escaped).join("[^:]*"));
      return new RegExp(`^${parts.join(".*")}$`, "su");
    });
    return (each: string) => expressions.some((expression) => expression.test(each));
  };
  if (target && target.length > 0) return matches(target);
  const isExcluded = matches(exclude ?? []);
  return (each) => !isExcluded(each);
}

describe("globs", () => {
  test.each([
    ["core-{a,b}", ["core-a", "core-b"]],
    ["core-?", ["core-a", "core-b"]],
    ["core-[b-z]", ["core-b"]],
    ["!core-*", ["team/x", ".hidden", "a::b"]],
    ["*", ["core-a", "core-b", "team/x", ".hidden", "a::b"]],
    ["team?x", ["team/x"]],
    ["team/*", ["team/x"]],
    ["core-", []],
    ["", []],
    ["[", []],
  ])("%s", (glob, expected) => {
    expect(["core-a", "core-b", "team/x", ".hidden", "a::b"].filter(matcher([glob]))).toEqual(expected);
  });

  test("a glob that matches nothing is an error that names the nearest keys, unless another stack of the fleet has one", async () => {
    const urns = ["core-a", "core-b", "acme", "globex"].map(urn);
    const elsewhere = () => Promise.resolve(["far-away"]);
    await expect(requireMatches([...urns, other], { only: ["acme", "far-*"] }, elsewhere)).resolves.toBeUndefined();
    await expect(requireMatches(urns, { only: ["acme"], exclude: ["cor-?"] }, elsewhere)).rejects.toThrow(
      '--exclude "cor-?" matches no connector; nothing was changed.\nNext: Correct --exclude: the nearest keys are core-a, core-b, acme.',
    );
    const asTheyEnded = ["core-b", "core-c", "core-a"].map(urn);
    await expect(requireMatches(asTheyEnded, { only: ["cor-{a,b}"] }, elsewhere)).rejects.toThrow(
      "the nearest keys are core-a, core-b, core-c.",
    );
    await expect(requireMatches([other], { only: [""] }, () => Promise.resolve([]))).rejects.toThrow(
      '--only "" matches no connector; nothing was changed.\nNext: Correct --only: there are no connectors.',
    );
    expect(unmatchedIn(["a"], {})).toEqual([]);
  });
});

describe("what goes to the engine", () => {
  const known = { held: [urn("core-a"), urn("gone"), other], declared: [{ urn: urn("core-a") }, { urn: urn("new") }] };

  test("only: exact URNs; those that aren't in state, or not declared, match whatever the engine finds first", () => {
    expect(engineSelection({ ...known, isComplete: true }, { only: ["*"], exclude: ["none"] })).toEqual({
      target: [urn("core-a"), urn("new").replace(":prod:", ":*:"), urn("gone").replace(":prod:", ":*:")],
    });
  });
  test("exclude: exact URNs too, where nothing else can appear", () => {
    expect(engineSelection({ ...known, isComplete: true }, { exclude: ["core-*"] })).toEqual({
      exclude: [urn("core-a")],
    });
    expect(engineSelection({ ...known, isComplete: true }, { exclude: ["elsewhere"] })).toEqual({});
  });
  test("exclude on a program that may declare more once it has run: only what is known is worked on", () => {
    const selection = engineSelection({ ...known, isComplete: false }, { exclude: ["core-*"] });
    expect([urn("core-a"), urn("core-late"), urn("new"), urn("gone"), other].map(engineWorksOn(selection))).toEqual([
      false,
      false,
      true,
      true,
      true,
    ]);
  });
  test("nothing selected is not everything selected", () => {
    const selection = engineSelection({ ...known, isComplete: true }, { only: ["elsewhere"] });
    expect([urn("core-a"), urn("new"), urn("gone"), other].filter(engineWorksOn(selection))).toEqual([]);
  });
  test("a renamed connector is excluded by either name", () => {
    const renamed = { held: [urn("old")], declared: [{ urn: urn("now"), was: urn("old") }], isComplete: false };
    const worksOn = (filter: object) => [urn("old"), urn("now")].map(engineWorksOn(engineSelection(renamed, filter)));
    expect(worksOn({ exclude: ["old"] })).toEqual([false, false]);
    expect(worksOn({ exclude: ["now"] })).toEqual([true, false]);
    expect(worksOn({ only: ["old"] })).toEqual([true, true]);
  });
  test("a key that the engine would read as a glob is refused", () => {
    expect(() =>
      engineSelection({ held: [urn("core-*")], declared: [], isComplete: true }, { only: ["core-*"] }),
    ).toThrow('--only and --exclude can\'t be used with a connector named "core-*": Pulumi reads its * as a wildcard.');
  });

  test("whatever the globs, the engine works on what is selected, and never on what is excluded", () => {
    const key = fc.oneof(fc.constantFrom("core-a", "core-b", "core", "acme", "a/b", ".c"), fc.string({ maxLength: 6 }));
    const piece = fc.constantFrom(
      "*",
      "**",
      "?",
      "core-",
      "{a,b}",
      "[a-c]",
      "!",
      "a",
      "(",
      ")",
      "+(a|b)",
      "\\",
      "/",
      ".",
    );
    const glob = fc.oneof(
      key,
      fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join("")),
      fc.string(),
    );
    const globs = fc.array(glob, { maxLength: 3 });
    const parent = fc.constantFrom("", "x:y:Group$");
    const resource = fc
      .tuple(parent, key)
      .map(([around, name]) => urn(name).replace("::fleet::", `::fleet::${around}`));
    const declared = fc.record({ urn: resource, was: fc.option(resource, { nil: undefined }) });
    fc.assert(
      fc.property(
        fc.array(resource),
        fc.array(declared),
        fc.array(resource),
        fc.boolean(),
        globs,
        globs,
        (held, declares: DeclaredResource[], late, isComplete, only, exclude) => {
          fc.pre(only.length + exclude.length > 0);
          const seen = isComplete ? [] : late;
          const all = [...held, ...declares.map((each) => each.urn), ...seen];
          let selection: EngineSelection;
          try {
            selection = engineSelection({ held: [...held, other], declared: declares, isComplete }, { only, exclude });
          } catch {
            // Refused before any run.
            return all.some((each) => isConnector(each) && keyOf(each).includes("*"));
          }
          const worksOn = engineWorksOn(selection);
          const isExcluded = matcher(exclude);
          expect(all.filter((each) => isExcluded(keyOf(each)) && worksOn(each))).toEqual([]);
          const isSelected = selector({ only, exclude });
          const certain = held.filter((each) => !declares.some(({ urn: now }) => now === each));
          expect(certain.filter((each) => worksOn(each) !== isSelected(keyOf(each)))).toEqual([]);
          expect(worksOn(other)).toBe(only.length === 0);
          return true;
        },
      ),
      { numRuns: 5_000 },
    );
  });
});
