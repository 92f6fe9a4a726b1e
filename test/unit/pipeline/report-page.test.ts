import { describe, expect, test } from "vitest";
import type { ExitCode, Report } from "../../../pipeline/run/report.ts";
import { renderReport } from "../../../pipeline/render/formats.ts";
import { attacks, hostile } from "../../support/hostile-report.ts";
import {
  driftFound,
  fleet,
  moments,
  numbered,
  planOf,
  plannedConnector,
  refusal,
  reportWith,
  rotation,
  shards,
} from "../../support/reports.ts";

const page = (report: Report | Report[]) => renderReport(report, "html");

/** The page's words in order, one line a piece, as a reader without eyes for its shapes gets them. */
function words(html: string): string[] {
  const body = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const pieces = body.replace(/<svg class="timeline"[^>]*aria-label="([^"]*)"/g, "$1<svg").split(/<[^>]*>/);
  return pieces.map((piece) => piece.replaceAll("&quot;", '"').trim()).filter((piece) => piece !== "");
}

describe("the page", () => {
  test("says how a rotation in waves ended, what to do, and what became of each", () => {
    const html = page(rotation());
    expect(html).toContain("<title>rotate prod: Ended unhealthy or rolled back</title>");
    for (const sentence of [
      "Planned: 50 edited (50 with credentials), 50 restarts, 2 unchanged.",
      "50 connectors: 1 rolled back, 24 done, 25 not started.",
      "Sent 28 changing requests.",
    ])
      expect(html).toContain(`<p>${sentence}</p>`);
    expect(words(html).slice(0, 10)).toEqual([
      "Needs attention",
      "(1)",
      "partner-023",
      "↶",
      "rolled back",
      'Could not update connector "partner-023": it FAILED after its restart, and was rolled back to its previous credentials.',
      "Why:",
      '"AccessDenied: the key is not known".',
      "Next:",
      "Correct amazonS3.secretAccessKeyWrite, then run pulumi-dataspace rotate again; it goes on with the rest.",
    ]);
    expect(html).toContain("25 connectors not started");
    expect(html).not.toContain("c85TWJ");
  });

  test("tells a timeline as a picture and as text, with its restarts", () => {
    const html = page(
      reportWith({
        connectors: [
          {
            key: "acme",
            name: "acme-edc",
            result: "done",
            status: "RUNNING",
            timeline: moments("RUNNING 0, RUNNING! 400, STARTING 1400, RUNNING 65000, RUNNING 66000"),
          },
        ],
      }),
    );
    const told = "RUNNING 0s → RUNNING (waiting for the restart) 400ms → STARTING 1s → RUNNING 1m05s";
    expect(html).toContain(`role="img" aria-label="${told}; restarts: 1"`);
    expect(words(html)).toContain(told);
    expect(html.match(/<path class="mark"/g)).toHaveLength(2); // the restart, and the legend
    for (const look of ["running", "awaited", "transition", "stopped", "failed"])
      expect(html).toContain(`<rect class="${look}"`);
  });

  test("keeps a fleet of 300 readable: what changed is open, what didn't is folded away", () => {
    const html = page(fleet());
    expect(html).toContain(
      "Planned: 1 created, 1 edited, 2 restarts, 1 stopped, 1 replaced, 1 destroyed, 1 left behind, 295 unchanged.",
    );
    const folded = html.slice(html.indexOf("<summary>295 connectors unchanged</summary>"));
    expect(folded.slice(0, folded.indexOf("</details>")).match(/<bdi/g)).toHaveLength(295);
    expect(html).not.toMatch(/<details open>\s*<summary>295/);
    expect(html.indexOf('<bdi class="name">acme</bdi>')).toBeLessThan(html.indexOf("295 connectors unchanged"));
  });

  test("folds a plan of many away, after its counts", () => {
    const html = page(reportWith({ plan: planOf(numbered(300).map((key) => plannedConnector(key))) }));
    expect(html).toContain("<summary>300 planned connectors</summary>");
  });

  test("names what the policy refused, the connectors concerned, and what differs from the approval", () => {
    const text = words(page(refusal())).join("\n");
    expect(text).toContain(
      "Policy:\nlimits.restarts\n12 connectors restart; 10 at most may.\n12 connectors concerned\npartner-001\n",
    );
    expect(text).toContain("Differs from the approved plan\npartner-002: was RUNNING when approved, is STOPPED");
  });

  test("says an error once, where it is about a connector", () => {
    const error = 'Could not update connector "acme": it FAILED.\nNext: Look at it.';
    const html = page(
      reportWith({
        exitCode: 4,
        errors: [error, "The stack is locked."],
        connectors: [{ key: "acme", name: "acme", result: "failed", error }],
      }),
    );
    expect(html.match(/Could not update connector/g)).toHaveLength(1);
    expect(words(html).slice(0, 2)).toEqual(["Needs attention", "(2)"]);
  });

  test("lists drift", () => {
    const html = page(driftFound());
    expect(html).toContain("<p>2 connectors differ from state, 1 unmanaged.</p>");
    expect(words(html).join("\n")).toContain("acme\nacme-edc\npower\nSTOPPED, declared RUNNING\nglobex\n");
  });

  test("is one over all shards, with a row per stack and the worst exit code", () => {
    const html = page(shards());
    expect(html).toContain("<title>up 4 stacks: Error</title>");
    expect(words(html).join("\n")).toContain(
      "Error\nprod-2\nThe stack prod-2 is locked by ci@runner-7 since 2h.\nNext:\n",
    );
    expect(html).toContain("Planned: 24 edited, 24 restarts, 280 unchanged.");
    expect(words(html).join("\n")).toContain("prod-2\n1\n6\n0\n0\n0\n1\nprod-3\n");
    expect(html).toMatch(/<th scope="row">edit<\/th>\s*<td class="text">changes<\/td>\s*<td class="number">18<\/td>/);
  });

  test.each<[exitCode: ExitCode, command: string, parts: Partial<Report>, ending: string]>([
    [0, "up", {}, "Done"],
    [0, "preview", { plan: planOf([]) }, "Nothing to change"],
    [0, "preview", { plan: planOf([plannedConnector("acme")]) }, "Changes planned"],
    [0, "drift", { drift: [] }, "No drift"],
    [1, "up", {}, "Error"],
    [2, "preview", { plan: planOf([plannedConnector("acme")]) }, "Changes found"],
    [2, "drift", driftFound(), "Drift found"],
    [3, "up", refusal(), "Refused by policy"],
    [3, "up", { differences: ["acme: is gone"] }, "Refused"],
    [4, "up", {}, "Ended unhealthy or rolled back"],
    [130, "up", {}, "Interrupted"],
  ])("exit code %i of %s", (exitCode, command, parts, ending) => {
    const html = page(reportWith({ ...parts, command, exitCode }));
    expect(html).toContain(`<title>${command} prod: ${ending}</title>`);
  });

  test.each<[ExitCode[], string]>([
    [[0, 0], "Done"],
    [[0, 2, 0], "Changes found"],
    [[2, 3], "Refused"],
    [[3, 4], "Ended unhealthy or rolled back"],
    [[4, 1], "Error"],
    [[1, 130], "Interrupted"],
  ])("shards that end with %j", (codes, ending) => {
    expect(page(codes.map((exitCode) => reportWith({ exitCode })))).toContain(
      `<title>up ${codes.length} stacks: ${ending}</title>`,
    );
  });

  test("of no report at all is a page, too", () => {
    expect(page([])).toContain("<h2");
  });
});

describe("nothing from outside becomes part of the page", () => {
  const html = page(hostile());

  test("only elements and attributes of our own are there", () => {
    const tags = [...html.matchAll(/<\/?([a-zA-Z!][^\s>/]*)/g)].map(([, tag = ""]) => tag);
    expect([...new Set(tags)].toSorted()).toEqual(
      "!doctype a bdi body caption code dd defs details div dl dt footer h1 h2 h3 head header html li link main meta nav ol p path pattern rect section span style summary svg table tbody td text th thead title tr ul"
        .split(" ")
        .sort(),
    );
    const attributes = [...html.matchAll(/<[a-z][a-z0-9]*((?:\s+[\w:-]+(?:="[^"]*")?)*)\s*\/?>/g)]
      .flatMap(([, list = ""]) => [...list.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)])
      .map(([, name]) => name);
    expect(attributes.filter((name) => name?.startsWith("on"))).toEqual([]);
    // Every `<` begins one of the elements above: none is left over.
    expect(html.match(/</g)).toHaveLength(tags.length);
  });

  test("nothing is loaded, and links lead into the page only", () => {
    const targets = [...html.matchAll(/\b(?:href|src|action|url)\s*=\s*"([^"]*)"/g)].map(([, target]) => target);
    expect(targets.filter((target) => !target?.startsWith("#"))).toEqual(["data:,"]);
    expect(
      [...html.matchAll(/url\(([^)]*)\)/g)].map(([, target]) => target).filter((target) => !target?.startsWith("#")),
    ).toEqual([]);
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">`,
    );
  });

  test("control characters, terminal codes and halves of characters are gone", () => {
    // eslint-disable-next-line no-control-regex -- control characters are what must not be in it
    expect(html).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    expect(html.isWellFormed()).toBe(true);
  });

  test("every text is there all the same", () => {
    const shown = html
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
    for (const attack of attacks.filter((text) => !text.includes("\u0000"))) expect(shown).toContain(attack);
  });
});
