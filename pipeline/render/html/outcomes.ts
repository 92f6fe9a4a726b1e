import type { ConnectorOutcome } from "../../run/report.js";
import type { In, View } from "../view.js";
import { counted, restartsOf, resultWords, tookText } from "../words.js";
import { html, type Piece } from "./markup.js";
import { keyed, manyOrFew, names } from "./pieces.js";
import { folded, table } from "./table.js";

export function outcomes({ outcomes: all }: View, several: boolean): Piece {
  const notStarted = all.filter(({ result }) => result === "notStarted");
  const well = all.filter(({ result }) => result === "done");
  const unwell = all.filter(({ result }) => result === "failed" || result === "rolledBack");
  const rows = (id: string, caption: string, list: readonly In<ConnectorOutcome>[]) =>
    table(
      id,
      caption,
      [
        { head: "Connector", cell: ({ key, name: own }) => keyed(key, own) },
        several && { head: "Stack", cell: ({ stack }) => stack },
        { head: "Result", cell: ({ result }) => html`<span class="result ${result}">${resultWords[result]}</span>` },
        { head: "Ended as", cell: ({ status }) => status },
        { head: "Took", numeric: true, cell: tookText },
        { head: "Restarts", numeric: true, cell: restartsOf },
      ],
      list,
    );
  return [
    unwell.length > 0 && rows("unwell-table", "Failed or rolled back", unwell),
    well.length > 0 && manyOrFew(`${counted(well.length, "connector")} done`, rows("done-table", "Done", well), well),
    notStarted.length > 0 &&
      folded(`${counted(notStarted.length, "connector")} not started`, names(notStarted.map(({ key }) => key))),
  ];
}
