import { extname } from "node:path";
import { unknownReportFormat, unusableReportFile } from "./messages.js";
import { outputFileProblem, writeOutputFile } from "../run/output-file.js";
import { printable } from "../run/printable.js";
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
    await writeOutputFile(file, renderReport(report, format));
    return undefined;
  } catch (error) {
    return unusableReportFile(file, printable(error));
  }
}

function formatOf(file: string): ReportFormat | undefined {
  const extension = extname(file).slice(1).toLowerCase();
  return reportFormats.find(({ format }) => format === extension)?.format;
}

function fileProblem(file: string): string | undefined {
  const problem = outputFileProblem(file);
  return problem === undefined ? undefined : unusableReportFile(file, problem);
}
