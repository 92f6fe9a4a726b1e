import Table from "cli-table3";

/** Columns without frames, aligned, as one text. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const made = new Table({
    head: [...head],
    chars: Object.fromEntries(
      "top,top-mid,top-left,top-right,bottom,bottom-mid,bottom-left,bottom-right,left,left-mid,mid,mid-mid,right,right-mid,middle"
        .split(",")
        .map((part) => [part, ""]),
    ),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  made.push(...rows.map((row) => [...row]));
  return made
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
