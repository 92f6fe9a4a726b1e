import { redact } from "../../provider/errors/redact.js";
import type { ExitCode, Report } from "../run/report.js";
import { page } from "./html/page.js";
import { comment } from "./markdown/comment.js";
import { combinedExitCode, viewOf } from "./view.js";

export const reportFormats = ["md", "html", "json"] as const;
/** Markdown for a pull request's comment, one self-contained page, or the report itself. */
export type ReportFormat = (typeof reportFormats)[number];

/** The reports of one command over the shards of a fleet, as `json` writes them. */
export interface FleetReport {
  readonly command: string;
  /** The first that applies, over all shards. */
  readonly exitCode: ExitCode;
  readonly reports: readonly Report[];
}

/** A report as a text; several reports (one a shard) make one text over all of them, a list of one is that one. */
export function renderReport(report: Report | readonly Report[], format: ReportFormat): string {
  const reports = "command" in report ? [report] : report;
  switch (format) {
    case "json":
      return json(reports.length === 1 && reports[0] ? reports[0] : fleetReport(reports));
    case "html":
      return page(viewOf(reports));
    case "md":
      return comment(viewOf(reports));
  }
}

/** One document over the shards of a fleet. */
export function fleetReport(reports: readonly Report[]): FleetReport {
  return { command: reports[0]?.command ?? "", exitCode: combinedExitCode(reports), reports };
}

function json(document: Report | FleetReport): string {
  const clean = (_: string, value: unknown) => (typeof value === "string" ? redact(value) : value);
  return `${JSON.stringify(document, clean, 2)}\n`;
}
