import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../pipeline/run/report.ts";
import { renderReport } from "../../pipeline/render/formats.ts";
import { chromiumPath, hasChromium, sayWithoutChromium } from "../support/chromium.ts";
import { attacks, hostile } from "../support/hostile-report.ts";
import { driftFound, fleet, planOf, refusal, reportWith, rotation, shards } from "../support/reports.ts";

/** The page of a report in a real Chromium, as somebody opens the file from a change ticket. */

sayWithoutChromium("the page of a report in a browser");
const axeSource = hasChromium
  ? readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
  : "";

const reports: Readonly<Record<string, () => Report | Report[]>> = {
  rotation,
  fleet,
  refusal,
  driftFound,
  shards,
  hostile,
  plain: () => reportWith({ plan: planOf([], ["acme"]) }),
};
const names = Object.keys(reports);
const phone = { width: 360, height: 780 };
const desk = { width: 1280, height: 900 };
const themes = ["light", "dark"] as const;

describe.skipIf(!hasChromium)("the page of a report", () => {
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-pages-"));
    browser = await chromium.launch({ executablePath: chromiumPath });
    for (const [name, report] of Object.entries(reports))
      await writeFile(join(folder, `${name}.html`), renderReport(report(), "html"));
  });
  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const urlOf = (name: string) => pathToFileURL(join(folder, `${name}.html`)).href;

  async function open(name: string, look: (page: Page) => Promise<void>): Promise<void> {
    const page = await browser.newPage({ viewport: desk });
    try {
      await page.goto(urlOf(name));
      await look(page);
    } finally {
      await page.close();
    }
  }

  test.each(names)(
    "%s: silent, asks for nothing, fits a phone, and axe finds nothing against it in light and dark",
    async (name) => {
      const page = await browser.newPage({ viewport: desk });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("dialog", (dialog) => complaints.push(dialog.message()));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(urlOf(name));
      await page.mouse.move(300, 300);
      expect(await page.evaluate("document.compatMode")).toBe("CSS1Compat");
      await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");

      await page.setViewportSize(phone);
      expect(await page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")).toEqual([
        360, 360,
      ]);
      expect(await page.evaluate(widerThanThePage)).toEqual([]);
      await page.setViewportSize(desk);

      await page.evaluate(axeSource);
      expect(await against(page, { runOnly: everyRule })).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark" });
      expect(await against(page, { runOnly: ["color-contrast"] })).toEqual([]);
      expect(complaints).toEqual([]);
      expect(requests).toEqual([urlOf(name)]);
      await page.close();
    },
  );

  test("the rows are there", () =>
    open("rotation", async (page) => {
      expect(await page.title()).toBe("rotate prod: Ended unhealthy or rolled back");
      expect(await page.locator("main h2").allInnerTexts()).toEqual([
        "Needs attention (1)",
        "What was planned (50)",
        "What happened (50)",
        "Timelines (25)",
        "Requests sent",
        "Warnings (1)",
        "Notes (1)",
      ]);
      const done = page.getByRole("table", { name: "Done" });
      expect(await done.getByRole("row").count()).toBe(1 + 24);
      expect(await done.getByRole("row", { name: "partner-007" }).innerText()).toBe(
        "partner-007\t✓ done\tRUNNING\t6s\t1",
      );
      expect(await page.locator("svg[role=img]").count()).toBe(25);
      expect(await page.getByRole("img", { name: /FAILED 52s/ }).getAttribute("aria-label")).toMatch(/; restarts: 1$/);
      await page.getByText("50 planned connectors").click();
      expect(await page.getByRole("row", { name: "partner-050" }).first().isVisible()).toBe(true);
    }));

  test("a fleet of 300 shows what changed; the rest is there once it is unfolded, or on paper", () =>
    open("fleet", async (page) => {
      const calm = page.getByText("partner-295", { exact: true });
      expect(await page.getByRole("rowheader", { name: "newcomer" }).first().isVisible()).toBe(true);
      expect(await calm.isVisible()).toBe(false);
      expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(3_000);
      await page.emulateMedia({ media: "print" });
      expect(await calm.isVisible()).toBe(true);
      expect(await page.getByRole("navigation").isVisible()).toBe(false);
      await page.emulateMedia({ media: "screen" });
      await page.getByText("295 connectors unchanged").click();
      expect(await calm.isVisible()).toBe(true);
    }));

  test("a picture's shapes lie where their times are, and stand out from their ground in both themes", () =>
    open("fleet", async (page) => {
      // From 0 to 17.2 s: RUNNING for 0.5 s, waiting until 1.5 s, STARTING until 9 s; the restart began at 1.5 s.
      const shapes = await page.evaluate(`(() => {
        const picture = document.querySelector('svg[aria-label^="RUNNING 0s → RUNNING (waiting for the restart) 500ms"]');
        const own = picture.getBoundingClientRect();
        const share = (x) => Math.round(((x - own.left) / own.width) * 172) / 10;
        return [...picture.querySelectorAll("rect, .mark")].map((shape) => {
          const { left, right } = shape.getBoundingClientRect();
          if (shape.matches(".mark")) return "restart " + share((left + right) / 2);
          return shape.getAttribute("class") + " " + share(left) + "-" + share(right);
        });
      })()`);
      expect(shapes).toEqual([
        "track 0-17.2",
        "running 0-0.5",
        "awaited 0.5-1.5",
        "transition 1.5-9",
        "running 9-9.2",
        "restart 1.5",
      ]);
      for (const colorScheme of themes) {
        await page.emulateMedia({ colorScheme });
        const colours = await page.evaluate<Record<string, string>>(coloursOfThePage);
        for (const shape of ["running", "stopped", "failed", "moving", "text"])
          expect(contrast(colours[shape], colours["track"]), `${shape} in ${colorScheme}`).toBeGreaterThanOrEqual(3);
      }
    }));

  test("what has the focus can be seen", () =>
    open("rotation", async (page) => {
      for (let count = 0; count < 12; count++) {
        await page.keyboard.press("Tab");
        expect(await page.evaluate(focusRing)).toMatch(/^(A|SUMMARY|DIV) solid 3px$/);
      }
    }));

  test("texts that attack their reader are shown as texts", () =>
    open("hostile", async (page) => {
      await page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))");
      const text = await page.evaluate<string>("document.body.innerText");
      for (const attack of attacks.filter((each) => /^[\x20-\x7e]+$/.test(each))) expect(text).toContain(attack);
      expect(await page.locator("script, img, iframe, object, form, input, textarea").count()).toBe(0);
    }));
});

/** What axe holds against the page, shortly; it runs beside the page's content policy, which lets the page itself run nothing. */
async function against(page: Page, which: { readonly runOnly: readonly string[] }): Promise<string[]> {
  const options = JSON.stringify({ resultTypes: ["violations"], ...which });
  const { violations, passes } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  expect(passes.map(({ id }) => id)).toContain("color-contrast");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`);
}

const everyRule = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const widerThanThePage = `[...document.querySelectorAll("header *, nav *, main *, footer *")]
  .filter((each) => !each.closest(".scroll, svg") && each.getBoundingClientRect().right > 360.5)
  .map((each) => each.outerHTML.slice(0, 100))`;

const focusRing = `(() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return document.activeElement.tagName + " " + outlineStyle + " " + outlineWidth;
})()`;

const coloursOfThePage = `Object.fromEntries(["running", "stopped", "failed", "moving", "text", "track"].map(
  (name) => [name, getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim()]))`;

/** Of two colours as `#rrggbb`, as WCAG reckons it. */
function contrast(one = "", other = ""): number {
  const [dark = 0, light = 0] = [one, other].map(luminance).sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
