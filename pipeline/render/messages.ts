/** Sentences about report files. */

export function reportEndingUnknown(file: string): string {
  return `Could not tell the format of the report "${file}": its name ends in neither .md, .html nor .json.\nNext: Give --report a file that ends in one of them.`;
}

export function reportPlaceUnusable(file: string, observed: string): string {
  return `Could not write a report to "${file}": ${observed}.\nNext: Give --report a file in a folder that can be written to.`;
}
