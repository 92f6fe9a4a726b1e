export { renderReport, reportFormats, type ReportFormat } from "./render.js";
export { reportFilesProblem, writeReports } from "./files.js";
