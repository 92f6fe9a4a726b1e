export { reportFilesProblem, writeReports } from "./files.js";
export { fleetReport, renderReport, reportFormats, type FleetReport, type ReportFormat } from "./render.js";
export { combinedExitCode } from "./view.js";
