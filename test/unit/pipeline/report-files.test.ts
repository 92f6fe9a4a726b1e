import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { registerSecret } from "../../../provider/errors/redact.ts";
import { reportFilesProblem, writeReports } from "../../../pipeline/render/files.ts";
import { renderReport, reportFormats } from "../../../pipeline/render/formats.ts";
import { driftFound, refusal, reportWith, shards } from "../../support/reports.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-reports-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("before anything runs", () => {
  test("files of the three formats, in folders that exist or can be made, are fine", () => {
    const files = ["a.md", "b.html", "c.json", "D.HTML", "new/folder/e.md"].map((name) => join(folder, name));
    expect(reportFilesProblem(files)).toBeUndefined();
    expect(reportFilesProblem(["report.md"])).toBeUndefined();
  });

  test.each(["report", "report.txt", "report.htm", "md", ".md", "report.md.gz"])("%s has no format", (file) => {
    expect(reportFilesProblem([file])).toBe(
      `Could not choose a format for the report "${file}": its name must end in .md, .html or .json.\nNext: Give --report a file with one of these extensions.`,
    );
  });

  test("a folder, or a path below a file, is not usable", async () => {
    await mkdir(join(folder, "folder.md"));
    await writeFile(join(folder, "file"), "");
    const [one, other] = [join(folder, "folder.md"), join(folder, "file", "report.md")];
    const next = "Next: Give --report a file in a writable folder.";
    expect(reportFilesProblem([one, other])).toBe(
      `Could not write a report to "${one}": it is a folder.\n${next}\nCould not write a report to "${other}": ${join(folder, "file")} is not a folder.\n${next}`,
    );
  });

  test("a name that the file system doesn't take is not usable", () => {
    expect(reportFilesProblem([join(folder, `${"x".repeat(300)}.md`)])).toMatch(
      /^Could not write a report to ".*x\.md": ENAMETOOLONG: name too long, .*\.\nNext: Give --report a file/,
    );
  });
});

test("each file gets the format that its extension names", async () => {
  const files = ["a.md", "b.html", "deep/c.json"].map((name) => join(folder, name));
  await writeReports(refusal(), files);
  const [md, html, json] = await Promise.all(files.map((file) => readFile(file, "utf8")));
  expect(md).toBe(renderReport(refusal(), "md"));
  expect(html).toBe(renderReport(refusal(), "html"));
  expect(JSON.parse(json ?? "")).toEqual(refusal());
});

test("files that can't be written are named, and the others are written", async () => {
  await mkdir(join(folder, "b.html"));
  const files = ["a.md", "b.html", "c.txt", "d.json"].map((name) => join(folder, name));
  await expect(writeReports(driftFound(), files)).rejects.toThrow(
    `Could not choose a format for the report "${join(folder, "c.txt")}": its name must end in .md, .html or .json.\nNext: Give --report a file with one of these extensions.\nCould not write a report to "${join(folder, "b.html")}": EISDIR: illegal operation on a directory, open '${join(folder, "b.html")}'.\nNext: `,
  );
  expect((await readdir(folder)).sort()).toEqual(["a.md", "b.html", "d.json"]);
});

test("JSON over several shards has the worst exit code and every report", () => {
  expect(JSON.parse(renderReport(shards(), "json"))).toEqual({ command: "up", exitCode: 1, reports: shards() });
});

test.each(["md", "html", "json"] as const)("a secret that slipped into a text is not in %s", (format) => {
  const secret = "wJalrXUtnFEMI/K7MDENG+slipped";
  registerSecret(secret);
  const text = renderReport(
    reportWith({
      errors: [`bad ${secret}`],
      warnings: [`bad ${encodeURIComponent(secret)}`],
      connectors: [{ key: "acme", name: "acme", result: "failed", error: secret, status: secret }],
    }),
    format,
  );
  expect(text).not.toContain("slipped");
  expect(text).toContain("[secret]");
});

test("docs/reports.md has a row per format", async () => {
  const docs = await readFile(new URL("../../../docs/reports.md", import.meta.url), "utf8");
  const rows = docs.split("\n").flatMap((line) => /^\| `\.(\w+)`\s+\| (.*?)\s+\|$/.exec(line)?.slice(1) ?? []);
  expect(rows).toEqual(reportFormats.flatMap(({ format, use }) => [format, use]));
});
