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
export { findManifest } from "./manifest/file.js";
export { readManifest, type Manifest, type ManifestConnector, type ManifestProblem } from "./manifest/manifest.js";
export { manifestProgram } from "./manifest/program.js";
export { manifestSchemaText } from "./manifest/schema-file.js";
export { validate, type Validation } from "./validate.js";
export { Run } from "./run.js";
export { messageOf } from "./message-of.js";
