import { isConnectorError } from "../../provider/errors/connector-error.js";
import type { Emit, PipelineEvent } from "../run/events.js";
import { readJournal, journalFacts } from "../run/journal.js";
import { cancelled } from "../run/messages.js";
import { failureIn, reportOf, type Report } from "../run/report.js";
import { Run } from "../run/run.js";
import { openSource, type OpenSource } from "../source/source.js";
import type { StackOptions } from "./stack-options.js";
import { historyOf } from "../run/timeline.js";
import { journalText, Workspace } from "./workspace.js";

/** What a command works with. */
export interface Session {
  readonly source: OpenSource;
  readonly workspace: Workspace;
  readonly emit: Emit;
  /** What became visible so far. */
  readonly history: () => Promise<History>;
}

/** What became visible of a run: statuses, requests, and how each operation on a connector ended. */
export interface History extends ReturnType<typeof historyOf>, ReturnType<typeof journalFacts> {}

/** What a command contributes to its report. Default exit code: 0. */
export type ReportParts = Partial<Omit<Report, "command" | "startedAt" | "durationMs">>;

/** What a command on a stack reports whose plan was not confirmed. */
export function declined({ signal }: StackOptions): ReportParts {
  return { cancelled: true, notes: [cancelled], exitCode: signal?.aborted ? 130 : 1 };
}

/**
 * Runs one command on one stack. What we can explain becomes a report with the sentence in it; anything else is a defect and is thrown.
 *
 * @param create whether a stack that isn't there yet is made
 */
export function session(
  command: string,
  options: StackOptions,
  create: boolean,
  work: (session: Session) => Promise<ReportParts>,
): Run<Report> {
  return new Run(async (send) => {
    const startedAt = Date.now();
    const events: PipelineEvent[] = [];
    const emit: Emit = (event) => {
      events.push({ at: Date.now(), ...event });
      send(event);
    };
    const report = ({ exitCode = 0, ...parts }: ReportParts) =>
      reportOf(command, startedAt, exitCode, { stack: options.stack, ...parts });
    let workspace: Workspace | undefined;
    try {
      const source = await openSource(options.source, options.shard, options.manifest);
      const open = (workspace = await Workspace.open(source, options, emit, create));
      const history = async () => {
        const journal = readJournal(await journalText(open.journal));
        return { ...historyOf({ events, journal }), ...journalFacts(journal) };
      };
      const parts = await work({ source, workspace: open, emit, history });
      const { requests } = await history();
      return report({ requests, ...parts });
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      const interrupted = options.signal?.aborted === true || error.code === "CANCELLED";
      return report({ errors: [error.message], ...failureIn(error), exitCode: interrupted ? 130 : 1 });
    } finally {
      await workspace?.close();
    }
  });
}
