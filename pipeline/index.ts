/**
 * The pipeline as a library: `import { up } from "pulumi-dataspace/pipeline"`.
 *
 * A command returns a {@link Run}: iterate over it for its events, await it for its {@link Report}. A problem of the stack, the
 * manifest or the service is part of the report (`errors`, `exitCode`). Anything else is a defect and is thrown. Functions that
 * read files throw a `ConnectorError`, whose message ends with the next step. Durations in milliseconds end in `Ms`.
 */
import "../sdk/node-version.js";

// Commands on a stack.
export { preview, type PreviewOptions } from "./preview.js";
export { up, type UpOptions } from "./up.js";
export { drift, type DriftOptions } from "./drift.js";
export { rotate, type RotateOptions } from "./rotate.js";
export { destroy, type DestroyOptions } from "./destroy.js";
export { unlock, type UnlockOptions } from "./unlock.js";
export type { ConfirmedOptions } from "./apply/gated-plan.js";
export type { GatedOptions, PolicyOptions } from "./gate/gate.js";
export type { StackOptions } from "./stack/stack-options.js";
export type { Source } from "./source/source.js";

// Several stacks of one manifest.
export { overFleet, type FleetOptions } from "./fleet/fleet.js";
export { reshard, type ReshardOptions } from "./fleet/reshard.js";

// Runs: events, plans and reports.
export { Run } from "./run/run.js";
export type { Operation, PipelineEvent } from "./run/events.js";
export {
  countOf,
  restartsIn,
  type DeclaredConnector,
  type Effect,
  type Plan,
  type PlannedConnector,
  type PlannedField,
} from "./run/plan.js";
export {
  combinedExitCode,
  failureIn,
  type ConnectorOutcome,
  type Drift,
  type ExitCode,
  type Failure,
  type Moment,
  type Report,
  type Result,
  type Violation,
} from "./run/report.js";
export { printable } from "./run/printable.js";
export { outputFileProblem, writeOutputFile } from "./run/output-file.js";
export { cancelled } from "./run/messages.js";

// Reports and plans as text, Markdown and HTML.
export { reportFilesProblem, writeReports } from "./render/files.js";
export {
  fleetReport,
  renderReport,
  reportExtensions,
  reportFormats,
  type FleetReport,
  type ReportFormat,
} from "./render/formats.js";
export { planText, violationsText, type PlanTextOptions } from "./render/text/plan.js";
export { driftText, outcomeText } from "./render/text/report.js";
export type { Style, Table } from "./render/text/pen.js";
export { planMarkdown } from "./render/markdown/plan.js";
export { violationsMarkdown } from "./render/markdown/parts.js";

// Policies and approvals.
export { parsePolicy, readPolicy, type PolicyRead } from "./gate/policy/read.js";
export type { Exception, Policy, RuleKey } from "./gate/policy/schema.js";
export { tighten, type PolicyFlags } from "./gate/policy/tighten.js";
export { rules } from "./gate/policy/rules.js";
export type { Flag, Rule } from "./gate/policy/rule.js";
export { gate, type GateOptions } from "./gate/policy/violations.js";
export { windowAt, windowSentence, type Window, type WindowState } from "./gate/policy/window.js";
export { approve } from "./gate/approval/approve.js";
export { digestOf, parseApproval, readApproval, type Approval } from "./gate/approval/approval.js";
export { compareWithApproval } from "./gate/approval/differences.js";

// Manifests.
export { validate, type Validation } from "./validate.js";
export { generate, type Generated, type GenerateOptions } from "./generate/generate.js";
export type { Adoption } from "./generate/adoption.js";
export { readManifest } from "./source/manifest/read.js";
export { findManifest } from "./source/manifest/file.js";
export { type Manifest, type ManifestConnector, type ManifestProblem } from "./source/manifest/manifest.js";
export { manifestProgram } from "./source/manifest/program.js";
export { manifestSchemaText } from "./source/manifest/schema-file.js";

// Commands on connectors at the service, without a stack.
export { list, type ListedConnector, type ListOptions } from "./operate/list.js";
export { status, watch, type ConnectorStatus } from "./operate/status.js";
export { wait, type WaitOptions } from "./operate/wait.js";
export {
  fail,
  restart,
  start,
  stop,
  type AwaitedOptions,
  type PowerOptions,
  type RestartOptions,
} from "./operate/power.js";
export type { Managed, ManagedBy } from "./operate/power-plan.js";
export { ofStack, type OfStack } from "./operate/of-stack.js";
export type { ServiceOptions } from "./service/service.js";

// Diagnosis.
export { doctor, type Diagnosis } from "./doctor/doctor.js";
export type { Check, Finding } from "./doctor/messages.js";
export { parseDuration } from "../provider/time/duration.js";
