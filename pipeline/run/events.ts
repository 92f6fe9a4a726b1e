import type { Plan } from "./plan.js";

/** What happens while a command runs, in order; `at` is in milliseconds since 1970. Never contains a secret. */
export type PipelineEvent = { readonly at: number } & (
  | { readonly type: "phase"; readonly text: string }
  | { readonly type: "plan"; readonly plan: Plan }
  | {
      readonly type: "status";
      /** The resource's name in the program or manifest. */
      readonly key: string;
      /** The service's word, or `absent`. */
      readonly status: string;
      /** Time since the operation on this connector began. */
      readonly elapsed: string;
      /** An edit was sent, and the restart that proves it is still awaited. */
      readonly restartAwaited: boolean;
    }
  | { readonly type: "begun"; readonly key: string; readonly operation: Operation }
  | { readonly type: "ended"; readonly key: string; readonly operation: Operation; readonly ok: boolean }
  | { readonly type: "note"; readonly key?: string; readonly text: string }
  | { readonly type: "warning"; readonly key?: string; readonly text: string }
  | { readonly type: "error"; readonly key?: string; readonly text: string }
);

/** An operation on one connector, by the engine or by a command. */
export type Operation =
  "create" | "update" | "replace" | "delete" | "refresh" | "read" | "start" | "stop" | "restart" | "fail" | "wait";

type WithoutTime<T> = T extends unknown ? Omit<T, "at"> : never;

/** Takes an event; the time is added. */
export type Emit = (event: WithoutTime<PipelineEvent>) => void;
