import "../sdk/node-version.js";

export { approve } from "./gate/approval/approve.js";
export { destroy, type DestroyOptions } from "./destroy.js";
export { drift, type DriftOptions } from "./drift.js";
export { overFleet, type FleetOptions } from "./fleet/fleet.js";
export { reshard, type ReshardOptions } from "./fleet/reshard.js";
export type { Operation, PipelineEvent } from "./run/events.js";
export { printable } from "./run/printable.js";
export { cancelled } from "./run/messages.js";
export {
  countOf,
  restartsIn,
  type DeclaredConnector,
  type Effect,
  type Plan,
  type PlannedConnector,
  type PlannedField,
} from "./run/plan.js";
export { preview, type PreviewOptions } from "./preview.js";
export { driftText, outcomeText } from "./render/text/report.js";
export {
  combinedExitCode,
  type ConnectorOutcome,
  type Drift,
  type ExitCode,
  type Moment,
  type Report,
  type Result,
  type Violation,
} from "./run/report.js";
export { generate, type Generated, type GenerateOptions } from "./generate/generate.js";
export type { Adoption } from "./generate/adoption.js";
export { findManifest } from "./source/manifest/file.js";
export { type Manifest, type ManifestConnector, type ManifestProblem } from "./source/manifest/manifest.js";
export { manifestProgram } from "./source/manifest/program.js";
export { manifestSchemaText } from "./source/manifest/schema-file.js";
export { validate, type Validation } from "./validate.js";
export { digestOf, parseApproval, readApproval, type Approval } from "./gate/approval/approval.js";
export { compareWithApproval } from "./gate/approval/differences.js";
export { planMarkdown } from "./render/markdown/plan.js";
export { violationsMarkdown } from "./render/markdown/parts.js";
export { planText, violationsText, type PlanTextOptions } from "./render/text/plan.js";
export type { Style, Table } from "./render/text/pen.js";
export { gate, type GateOptions } from "./gate/policy/violations.js";
export { parsePolicy, readPolicy, type PolicyRead } from "./gate/policy/read.js";
export type { Flag, Rule } from "./gate/policy/rule.js";
export { rules } from "./gate/policy/rules.js";
export type { Exception, Policy, RuleKey } from "./gate/policy/schema.js";
export { tighten, type PolicyFlags } from "./gate/policy/tighten.js";
export { windowAt, windowSentence, type Window, type WindowState } from "./gate/policy/window.js";
export { reportFilesProblem, writeReports } from "./render/files.js";
export {
  fleetReport,
  renderReport,
  reportExtensions,
  reportFormats,
  type FleetReport,
  type ReportFormat,
} from "./render/formats.js";
export { rotate, type RotateOptions } from "./rotate.js";
export { Run } from "./run/run.js";
export type { Source } from "./source/source.js";
export type { StackOptions } from "./stack/stack-options.js";
export { unlock, type UnlockOptions } from "./unlock.js";
export { up, type UpOptions } from "./up.js";
export { parseDuration } from "../provider/time/duration.js";
export { doctor, type Diagnosis } from "./doctor/doctor.js";
export type { Check, Finding } from "./doctor/messages.js";
export type { Managed, ManagedBy } from "./operate/power-plan.js";
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
export type { ServiceOptions } from "./service/service.js";
export { status, watch, type ConnectorStatus } from "./operate/status.js";
export { wait, type WaitOptions } from "./operate/wait.js";
export type { GatedOptions, PolicyOptions } from "./gate/gate.js";
export { readManifest } from "./source/manifest/read.js";
