import { accessSync, constants, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { reportEndingUnknown, reportPlaceUnusable } from "./messages.js";
import type { Report } from "../run/report.js";
import { renderReport, reportFormats, type ReportFormat } from "./render.js";

/**
 * What is wrong with files that reports are to be written to, as one text; `undefined`: nothing. To be asked before anything
 * runs: a long run whose report can't be written is found out too late.
 */
export function reportFilesProblem(files: readonly string[]): string | undefined {
  const problems = files.flatMap((file) => (formatOf(file) ? placeProblem(file) : reportEndingUnknown(file)) ?? []);
  return problems.length > 0 ? problems.join("\n") : undefined;
}

/**
 * Writes a report, or one over several shards, to each file, in the format that its ending names; folders are made.
 *
 * @throws one error that names every file that could not be written; the others are there.
 */
export async function writeReports(report: Report | readonly Report[], files: readonly string[]): Promise<void> {
  const problem = reportFilesProblem(files.filter((file) => !formatOf(file)));
  const results = await Promise.all(files.map((file) => write(report, file)));
  const problems = [problem, ...results].filter((text) => text !== undefined);
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function write(report: Report | readonly Report[], file: string): Promise<string | undefined> {
  const format = formatOf(file);
  if (!format) return undefined;
  try {
    await mkdir(dirname(resolve(file)), { recursive: true });
    await writeFile(file, renderReport(report, format));
    return undefined;
  } catch (error) {
    return reportPlaceUnusable(file, observed(error));
  }
}

function formatOf(file: string): ReportFormat | undefined {
  const ending = extname(file).slice(1).toLowerCase();
  return reportFormats.find((format) => format === ending);
}

function placeProblem(file: string): string | undefined {
  try {
    if (kindOf(file) === "folder") return reportPlaceUnusable(file, "it is a folder");
    let place = resolve(file);
    while (kindOf(place) === "nothing") place = dirname(place);
    if (place !== resolve(file) && kindOf(place) !== "folder")
      return reportPlaceUnusable(file, `${place} is no folder`);
    accessSync(place, constants.W_OK);
    return undefined;
  } catch (error) {
    return reportPlaceUnusable(file, observed(error));
  }
}

function kindOf(path: string): "folder" | "file" | "nothing" {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? (found.isDirectory() ? "folder" : "file") : "nothing";
}

function observed(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
