import type { ConnectorOutcome } from "../../run/report.js";
import { outcomeColumns } from "../tables.js";
import type { InStack, View } from "../view.js";
import { counted } from "../../run/messages.js";
import { isUnhealthy } from "../words.js";
import type { Piece } from "./markup.js";
import { folded, foldedIfMany, names } from "./pieces.js";
import { table } from "./table.js";

export function outcomes({ outcomes: all }: View, several: boolean): Piece {
  const unhealthy = all.filter(isUnhealthy);
  const done = all.filter(({ result }) => result === "done");
  const notStarted = all.filter(({ result }) => result === "notStarted");
  const rows = (id: string, caption: string, list: readonly InStack<ConnectorOutcome>[]) =>
    table(id, caption, outcomeColumns({ several }), list);
  return [
    unhealthy.length > 0 && rows("unhealthy-table", "Failed or rolled back", unhealthy),
    done.length > 0 &&
      foldedIfMany(`${counted(done.length, "connector")} done`, rows("done-table", "Done", done), done),
    notStarted.length > 0 &&
      folded(`${counted(notStarted.length, "connector")} not started`, names(notStarted.map(({ key }) => key))),
  ];
}
