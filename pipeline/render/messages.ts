/** Sentences about report files. */

/** @param extensions `.md, .html or .json` */
export function unknownReportFormat(file: string, extensions: string): string {
  return `Could not choose a format for the report "${file}": its name must end in ${extensions}.\nNext: Give --report a file with one of these extensions.`;
}

export function unusableReportFile(file: string, observed: string): string {
  return `Could not write a report to "${file}": ${observed}.\nNext: Give --report a file in a writable folder.`;
}
