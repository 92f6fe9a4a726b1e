import { redact } from "../../provider/errors/redact.js";
import { combinedExitCode, type ExitCode, type Report } from "../run/report.js";
import { page } from "./html/page.js";
import { comment } from "./markdown/comment.js";
import { viewOf } from "./view.js";

interface Format {
  /** What it is for, as docs/reports.md says it. */
  readonly use: string;
  readonly render: (reports: readonly Report[]) => string;
}

/** The formats of reports, one row each, by the extension of their files. */
const formats = {
  md: {
    use: "a comment on a pull or merge request: what needs attention first, then the plan, with the rest folded; at most 65,536 characters for a fleet of any size",
    render: (reports) => comment(viewOf(reports)),
  },
  html: {
    use: "a change ticket: one file without scripts or external resources, for phone, desktop and print, light and dark",
    render: (reports) => page(viewOf(reports)),
  },
  json: {
    use: "other programs: the [`Report`](../pipeline/run/report.ts), or for several stacks `{ command, exitCode, reports }`",
    render: (reports) => json(reports.length === 1 && reports[0] ? reports[0] : fleetReport(reports)),
  },
} as const satisfies Record<string, Format>;

/** A report's format, named by the extension of its file. */
export type ReportFormat = keyof typeof formats;

/** Every format, and what it is for. */
export const reportFormats = Object.entries(formats).map(([format, { use }]) => ({
  format: format as ReportFormat,
  use,
}));

/** `.md, .html or .json`. */
export const reportExtensions = new Intl.ListFormat("en-GB", { type: "disjunction" }).format(
  reportFormats.map(({ format }) => `.${format}`),
);

/** The reports of one command on the stacks of a fleet, as `json` writes them. */
export interface FleetReport {
  readonly command: string;
  /** The worst of all stacks. */
  readonly exitCode: ExitCode;
  readonly reports: readonly Report[];
}

/** Renders a report, or one document over the reports of several stacks. A list of one report is rendered as that report. */
export function renderReport(report: Report | readonly Report[], format: ReportFormat): string {
  return formats[format].render("command" in report ? [report] : report);
}

/** One document over the reports of several stacks. */
export function fleetReport(reports: readonly Report[]): FleetReport {
  return { command: reports[0]?.command ?? "", exitCode: combinedExitCode(reports), reports };
}

function json(document: Report | FleetReport): string {
  const clean = (_: string, value: unknown) => (typeof value === "string" ? redact(value) : value);
  return `${JSON.stringify(document, clean, 2)}\n`;
}
