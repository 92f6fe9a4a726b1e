import "../node-version.js";

export type { Operation, PipelineEvent } from "./events.js";
export {
  countOf,
  restartsIn,
  type DeclaredConnector,
  type Effect,
  type Plan,
  type PlannedConnector,
  type PlannedField,
} from "./plan.js";
export type { ConnectorOutcome, Drift, ExitCode, Moment, Report, Violation } from "./report.js";
export { Run } from "./run.js";
export { messageOf } from "./message-of.js";
