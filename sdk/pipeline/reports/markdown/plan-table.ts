import type { View } from "../view.js";
import { counted, fieldText, statusText } from "../words.js";
import { code, table, text } from "./text.js";

/** What was planned, a row per connector. */
export function planTable({ planned, others }: View, mostRows: number): string {
  const rows = planned.slice(0, mostRows).map((each) => {
    const { key, effects, fields, notChecked, leftBehind, restarts } = each;
    const changes = [
      ...fields.map(fieldText),
      ...(notChecked ? ["credentials: not checked"] : []),
      ...(leftBehind === undefined ? [] : [`left behind: ${leftBehind}`]),
    ];
    return [code(key), effects.join(", "), changes.map(text).join("<br>"), text(statusText(each)), String(restarts)];
  });
  const more = planned.length - rows.length;
  return [
    ...(rows.length > 0 ? [table(["Connector", "Effects", "What changes", "Status", "Restarts"], rows)] : []),
    ...(more > 0 ? [`and ${counted(more, "connector")} more.`] : []),
    ...(others.length > 0
      ? [
          `Other resources: ${others
            .slice(0, mostRows)
            .map((other) => text(other.text))
            .join(", ")}`,
        ]
      : []),
  ].join("\n\n");
}
