import { accessSync, constants, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { unknownReportFormat, unusableReportFile } from "./messages.js";
import type { Report } from "../run/report.js";
import { renderReport, reportExtensions, reportFormats, type ReportFormat } from "./formats.js";

/**
 * Checks that reports can be written to the files. Call it before a long run, not after it.
 *
 * @returns the problems as one text; `undefined` if there are none
 */
export function reportFilesProblem(files: readonly string[]): string | undefined {
  const problems = files.flatMap(
    (file) => (formatOf(file) ? fileProblem(file) : unknownReportFormat(file, reportExtensions)) ?? [],
  );
  return problems.length > 0 ? problems.join("\n") : undefined;
}

/**
 * Writes a report, or one over several stacks, to each file, in the format that its extension names. Creates missing folders.
 *
 * @throws Error that names every file that could not be written; the others have been written
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
    return unusableReportFile(file, observed(error));
  }
}

function formatOf(file: string): ReportFormat | undefined {
  const extension = extname(file).slice(1).toLowerCase();
  return reportFormats.find(({ format }) => format === extension)?.format;
}

function fileProblem(file: string): string | undefined {
  try {
    if (kindOf(file) === "folder") return unusableReportFile(file, "it is a folder");
    let folder = resolve(file);
    while (kindOf(folder) === "nothing") folder = dirname(folder);
    if (folder !== resolve(file) && kindOf(folder) !== "folder")
      return unusableReportFile(file, `${folder} is not a folder`);
    accessSync(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return unusableReportFile(file, observed(error));
  }
}

function kindOf(path: string): "folder" | "file" | "nothing" {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? (found.isDirectory() ? "folder" : "file") : "nothing";
}

function observed(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
