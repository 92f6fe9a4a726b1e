import type { DesiredStatus, Goal, OnDelete } from "../../../provider/lifecycle/situation.js";
import type { ObservedConnector } from "../../../provider/model/observed-connector.js";
import { statusKind } from "../../../provider/model/status.js";
import { s3 } from "../../support/connectors.js";

export const statuses = ["absent", "RUNNING", "STOPPED", "FAILED", "STARTING", "STOPPING"] as const;
export type Status = (typeof statuses)[number];

const payload = { block: "amazonS3", fields: s3() } as const;
export const create = (desired: DesiredStatus, more: object = {}): Goal => ({
  verb: "create",
  desired,
  payload,
  onExisting: "adoptStopped",
  ...more,
});
export const update = (desired: DesiredStatus, push: boolean, awaitRestart = false): Goal => ({
  verb: "update",
  desired,
  payload: push ? payload : undefined,
  push,
  awaitRestart,
});
export const remove = (onDelete: OnDelete): Goal => ({ verb: "delete", onDelete });

export function observed(
  status: Status,
  storage: Record<string, string> = { bucketName: "acme", region: "eu-central-1" },
): ObservedConnector | undefined {
  if (status === "absent") return undefined;
  return { status, kind: statusKind(status), storageType: "AmazonS3", storage, details: {} };
}

/** What is foretold for each goal and status: `edit: RUNNING, 1 restart`; `nothing: STOPPED`; `no (exists): RUNNING`. */
export const rows: [name: string, goal: Goal, foretold: Record<Status, string>][] = [
  [
    "create",
    create("RUNNING"),
    {
      absent: "create: RUNNING",
      RUNNING: "no (exists): RUNNING",
      STOPPED: "edit start: RUNNING",
      FAILED: "no (exists): FAILED",
      STARTING: "no (exists): RUNNING",
      STOPPING: "no (exists): STOPPED",
    },
  ],
  [
    "create, at rest",
    create("STOPPED"),
    {
      absent: "create stop: STOPPED",
      RUNNING: "no (exists): RUNNING",
      STOPPED: "edit: STOPPED",
      FAILED: "no (exists): FAILED",
      STARTING: "no (exists): RUNNING",
      STOPPING: "no (exists): STOPPED",
    },
  ],
  [
    "create or adopt",
    create("RUNNING", { onExisting: "adopt" }),
    {
      absent: "create: RUNNING",
      RUNNING: "edit: RUNNING, 1 restart",
      STOPPED: "edit start: RUNNING",
      FAILED: "edit: RUNNING",
      STARTING: "edit: RUNNING",
      STOPPING: "edit: RUNNING",
    },
  ],
  [
    "create or adopt, at rest",
    create("STOPPED", { onExisting: "adopt" }),
    {
      absent: "create stop: STOPPED",
      RUNNING: "stop edit: STOPPED",
      STOPPED: "edit: STOPPED",
      FAILED: "edit stop: STOPPED",
      STARTING: "edit stop: STOPPED",
      STOPPING: "edit stop: STOPPED",
    },
  ],
  [
    "create, never adopt",
    create("RUNNING", { onExisting: "error" }),
    {
      absent: "create: RUNNING",
      RUNNING: "no (exists): RUNNING",
      STOPPED: "no (exists): STOPPED",
      FAILED: "no (exists): FAILED",
      STARTING: "no (exists): RUNNING",
      STOPPING: "no (exists): STOPPED",
    },
  ],
  [
    "take over as it is",
    create("RUNNING", { assume: true }),
    {
      absent: "no (nothingToAssume): absent",
      RUNNING: "nothing: RUNNING",
      STOPPED: "start: RUNNING",
      FAILED: "stop start: RUNNING",
      STARTING: "nothing: RUNNING",
      STOPPING: "start: RUNNING",
    },
  ],
  [
    "edit",
    update("RUNNING", true),
    {
      absent: "no (vanished): absent",
      RUNNING: "edit: RUNNING, 1 restart",
      STOPPED: "edit start: RUNNING",
      FAILED: "edit: RUNNING",
      STARTING: "edit: RUNNING",
      STOPPING: "edit: RUNNING",
    },
  ],
  [
    "edit, at rest",
    update("STOPPED", true),
    {
      absent: "no (vanished): absent",
      RUNNING: "stop edit: STOPPED",
      STOPPED: "edit: STOPPED",
      FAILED: "edit stop: STOPPED",
      STARTING: "edit stop: STOPPED",
      STOPPING: "edit stop: STOPPED",
    },
  ],
  [
    "start",
    update("RUNNING", false),
    {
      absent: "no (vanished): absent",
      RUNNING: "nothing: RUNNING",
      STOPPED: "start: RUNNING",
      FAILED: "stop start: RUNNING",
      STARTING: "nothing: RUNNING",
      STOPPING: "start: RUNNING",
    },
  ],
  [
    "start, after an edit whose restart was not seen",
    update("RUNNING", false, true),
    {
      absent: "no (vanished): absent",
      RUNNING: "nothing: RUNNING",
      STOPPED: "start: RUNNING",
      FAILED: "stop start: RUNNING",
      STARTING: "nothing: RUNNING",
      STOPPING: "start: RUNNING",
    },
  ],
  [
    "stop",
    update("STOPPED", false),
    {
      absent: "no (vanished): absent",
      RUNNING: "stop: STOPPED",
      STOPPED: "nothing: STOPPED",
      FAILED: "stop: STOPPED",
      STARTING: "stop: STOPPED",
      STOPPING: "nothing: STOPPED",
    },
  ],
  [
    "delete: stop",
    remove("stop"),
    {
      absent: "nothing: absent",
      RUNNING: "stop: STOPPED",
      STOPPED: "nothing: STOPPED",
      FAILED: "stop: STOPPED",
      STARTING: "stop: STOPPED",
      STOPPING: "stop: STOPPED",
    },
  ],
  [
    "delete: scrub",
    remove("scrub"),
    {
      absent: "nothing: absent",
      RUNNING: "edit stop: STOPPED, 1 restart",
      STOPPED: "edit: STOPPED",
      FAILED: "edit stop: STOPPED",
      STARTING: "edit stop: STOPPED",
      STOPPING: "edit stop: STOPPED",
    },
  ],
  [
    "delete: delete",
    remove("delete"),
    {
      absent: "nothing: absent",
      RUNNING: "stop delete: absent",
      STOPPED: "delete: absent",
      FAILED: "delete: absent",
      STARTING: "stop delete: absent",
      STOPPING: "stop delete: absent",
    },
  ],
  [
    "delete: retain",
    remove("retain"),
    {
      absent: "nothing: absent",
      RUNNING: "nothing: RUNNING",
      STOPPED: "nothing: STOPPED",
      FAILED: "nothing: FAILED",
      STARTING: "nothing: RUNNING",
      STOPPING: "nothing: STOPPED",
    },
  ],
];
