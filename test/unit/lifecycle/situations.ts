import type { ActionRecord, Goal, Situation, Step } from "../../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { statusKind } from "../../../provider/model/status.js";

export const limits = { settleMs: 10_000, stuckMs: 300_000 };
export const statuses = ["absent", "RUNNING", "STOPPED", "FAILED", "STARTING", "Pondering"] as const;
export type Status = (typeof statuses)[number];

export function observed(
  status: Status,
  storage: Record<string, string> = { bucketName: "acme", region: "eu-central-1" },
): ObservedConnector | undefined {
  if (status === "absent") return undefined;
  return { status, kind: statusKind(status), storageType: "AmazonS3", storage, details: {} };
}

export function situation(goal: Goal, status: Status, more: Partial<Situation> = {}): Situation {
  const seen = observed(status);
  return { goal, seen, alone: seen, done: {}, now: 100_000, since: 100_000, absences: 0, limits, ...more };
}

export function record(more: Partial<ActionRecord> = {}): ActionRecord {
  return { result: "accepted", at: 100_000, before: "running", times: 1, moved: false, ...more };
}

/** `create`, `wait`, `settled`, `no: exists`. */
export function written(step: Step): string {
  return step.do === "refuse" ? `no: ${step.because}` : step.do;
}
