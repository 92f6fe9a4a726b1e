import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { Report } from "../../../pipeline/run/report.ts";
import { renderReport } from "../../../pipeline/render/formats.ts";
import { hostile } from "../../support/hostile-report.ts";
import {
  driftFound,
  fleet,
  numbered,
  planOf,
  plannedConnector,
  refusal,
  reportWith,
  shards,
} from "../../support/reports.ts";

const comment = (report: Report | Report[]) => renderReport(report, "md");
/** As GitHub and GitLab do it, before they take away what they deem unsafe. */
const rendered = (markdown: string) =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

describe("a comment on a pull request", () => {
  test("of a refused preview: the rules first, then the plan", () => {
    const report = { ...refusal(), plan: planOf([plannedConnector("acme", { name: "acme-edc" })], ["globex"]) };
    expect(comment(report)).toBe(`## ⛔ preview \`prod\`: Refused by policy

Violates 2 rules of the policy.<br>
1 difference from the approved plan.

### Refused by policy

- 12 connectors restart; 10 at most may.
- partner-001 is untouchable, and would restart.

### Differs from the approved plan

- partner-002: was RUNNING when approved, is STOPPED

### Stack \`prod\`

1 edited, **1 restart**, 1 unchanged.

| connector | what happens | fields | status |
| --- | --- | --- | --- |
| \`acme\` (\`acme-edc\`) | edited, **restarts** |  | RUNNING |

<details><summary>Requests sent</summary>

| request | effect | count |
| --- | --- | --- |
| list | reads | 1 |

</details>

<sub>Exit code 3 · began 2026-10-17 21:04:05 UTC · took 3s</sub>
`);
  });

  test("of a run that failed in part: what to do comes before what was planned, the rest is folded away", () => {
    const text = comment(fleet());
    const order = [
      "## ❌ up `prod`: Ended unhealthy or rolled back",
      "5 connectors: 1 failed, 4 done.<br>\nSent 6 changing requests.",
      '`initech` failed:\n\n```text\nCould not create connector "initech-2": it FAILED after 14s.\nNext: Run pulumi-dataspace status initech-2, then up again.\n```',
      "### Stack `prod`\n\n1 created,",
      "<details><summary>1 warning</summary>\n\n- There are 300 connectors in one stack;",
      "<details><summary>1 note</summary>\n\n- zombie is STOPPED, not deleted, still holds its credentials.",
      "<details><summary>Results</summary>",
      "| `acme` (`acme-edc`) | done | RUNNING | 9s | 1 | RUNNING 0s → RUNNING (waiting for the restart) 500ms → STARTING 1s → RUNNING 9s |",
      "<details><summary>Requests sent</summary>",
      "<sub>Exit code 4 · began 2026-10-17 21:04:05 UTC · took 19s</sub>",
    ].map((piece) => text.indexOf(piece));
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  test("of drift", () => {
    expect(comment(driftFound())).toContain(`## 🔄 drift \`prod\`: Drift found

2 connectors differ from state, 1 unmanaged.

| connector | kind | what differs |
| --- | --- | --- |
| \`acme\` (\`acme-edc\`) | power | STOPPED, declared RUNNING |
| \`globex\` | fields | amazonS3.bucketName is outside, state has globex |
| \`handmade\` | unmanaged | RUNNING, in no state |
`);
  });

  test("of several shards: a row per stack", () => {
    expect(comment(shards())).toContain(`| stack | exit code | planned | done | failed | rolled back | errors |
| --- | --- | --- | --- | --- | --- | --- |
| \`prod-0\` | 0 | 6 | 6 | 0 | 0 | 0 |
| \`prod-1\` | 0 | 6 | 6 | 0 | 0 | 0 |
| \`prod-2\` | 1 | 6 | 0 | 0 | 0 | 1 |
| \`prod-3\` | 0 | 6 | 6 | 0 | 0 | 0 |
`);
  });

  test("of a fleet of thousands fits into what GitHub takes, and says what had no room", () => {
    const long = "Could not update connector: ".padEnd(100_000, "x");
    const text = comment(
      reportWith({
        exitCode: 4,
        plan: planOf(numbered(3_000).map((key) => plannedConnector(key))),
        connectors: numbered(3_000).map((key) => ({ key, name: key, result: "failed", status: "FAILED", error: long })),
      }),
    );
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain("and 2980 more.");
    expect(text).toContain("Left out for lack of space: plan. The HTML and JSON reports are complete.");
  });
});

test("nothing from outside becomes markup, calls people, refers to issues, or gives orders", () => {
  const markdown = comment(hostile());
  const html = rendered(markdown);
  const tags = [...html.matchAll(/<\/?([a-zA-Z][^\s>/]*)/g)].map(([, tag = ""]) => tag);
  expect([...new Set(tags)].toSorted()).toEqual(
    "br code details h2 h3 li p pre strong sub summary table tbody td th thead tr ul".split(" "),
  );
  expect(html).not.toMatch(/<strong>(?!(\d+ )?restarts<)/);
  // Outside of code, where GitHub and GitLab look for them.
  const prose = html.replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, "");
  expect(prose).not.toMatch(/[@#!%](?=\w)|:\/\/|www\./);
  // GitLab's quick actions are lines that begin with a slash.
  expect(prose).not.toMatch(/^\//m);
  // Rows have as many cells as their heads.
  const cells = [...html.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([row]) => (row.match(/<t[dh]/g) ?? []).length);
  expect(new Set(cells)).toEqual(new Set([3, 4, 6]));
});
