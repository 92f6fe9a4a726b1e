import "../node-version.js";

export { approve } from "./approve.js";
export { destroy, type DestroyOptions } from "./destroy.js";
export { drift, type DriftOptions } from "./drift.js";
export { overFleet, type FleetOptions } from "./fleet/fleet.js";
export { reshard, type ReshardOptions } from "./fleet/reshard.js";
export type { Operation, PipelineEvent } from "./events.js";
export { messageOf } from "./message-of.js";
export { usage } from "./messages/usage.js";
export {
  countOf,
  restartsIn,
  type DeclaredConnector,
  type Effect,
  type Plan,
  type PlannedConnector,
  type PlannedField,
} from "./plan.js";
export { preview, type PreviewOptions } from "./preview.js";
export { driftText, outcomeText, type Paint, type Tabulate } from "./report-text.js";
export type { ConnectorOutcome, Drift, ExitCode, Moment, Report, Violation } from "./report.js";
export { generate, type Generated, type GenerateOptions } from "./generate/generate.js";
export type { Adoption } from "./generate/adoption.js";
export { findManifest } from "./manifest/file.js";
export { readManifest, type Manifest, type ManifestConnector, type ManifestProblem } from "./manifest/manifest.js";
export { manifestProgram } from "./manifest/program.js";
export { manifestSchemaText } from "./manifest/schema-file.js";
export { validate, type Validation } from "./validate.js";
export { digestOf, parseApproval, readApproval, type Approval } from "./approval.js";
export { compareWithApproval } from "./approval-differences.js";
export { planMarkdown, violationsMarkdown } from "./plan-markdown.js";
export { planText, violationsText, type PlanTextOptions, type Style, type Table } from "./plan-text.js";
export { gate, type GateOptions } from "./policy/gate.js";
export { parsePolicy, readPolicy, type PolicyRead } from "./policy/read.js";
export type { Flag, Rule } from "./policy/rule.js";
export { rules } from "./policy/rules.js";
export type { Exception, Policy, RuleKey } from "./policy/schema.js";
export { tighten, type PolicyFlags } from "./policy/tighten.js";
export { windowAt, windowSentence, type Window, type WindowState } from "./policy/window.js";
export {
  combinedExitCode,
  fleetReport,
  renderReport,
  reportFilesProblem,
  reportFormats,
  writeReports,
  type FleetReport,
  type ReportFormat,
} from "./reports/index.js";
export { rotate, type RotateOptions } from "./rotate.js";
export { Run } from "./run.js";
export type { Source } from "./source.js";
export type { GatedOptions, StackOptions } from "./stack-options.js";
export { unlock, type UnlockOptions } from "./unlock.js";
export { up, type UpOptions } from "./up.js";
export { parseDuration } from "../../provider/time/duration.js";
export { doctor, type Diagnosis } from "./doctor/doctor.js";
export type { Check, Finding } from "./messages/doctor.js";
export type { Managed, ManagedBy } from "./operate/intention.js";
export { ofStack, type OfStack } from "./operate/of-stack.js";
export { list, type ListedConnector, type ListOptions } from "./operate/list.js";
export {
  fail,
  restart,
  start,
  stop,
  type AwaitedOptions,
  type PowerOptions,
  type RestartOptions,
} from "./operate/power.js";
export type { ServiceOptions } from "./operate/service.js";
export { status, watch, type ConnectorStatus } from "./operate/status.js";
export { wait, type WaitOptions } from "./operate/wait.js";
