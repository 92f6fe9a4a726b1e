import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import type { JournalLine } from "../../../pipeline/run/journal.js";
import type { PipelineEvent } from "../../../pipeline/run/events.js";
import { EngineTranslator } from "../../../pipeline/stack/engine-events.js";

const urn = "urn:pulumi:prod::fleet::pulumi-nodejs:dynamic/dataspace:Connector::acme";

/** What comes of a message, with these lines in the journal before it. */
function after(message: Partial<NonNullable<EngineEvent["diagnosticEvent"]>>, ...lines: readonly JournalLine[]) {
  const events: object[] = [];
  const written = [lines];
  const journal = { next: () => written.pop() ?? [] };
  const translator = new EngineTranslator((event) => void events.push(event as PipelineEvent), journal);
  const diagnosticEvent = { urn, message: "", severity: "error", color: "never", ...message } as const;
  translator.take({ sequence: 1, timestamp: 1, diagnosticEvent } as EngineEvent);
  return { events, errors: translator.errors, notes: translator.notes };
}

test.each(["RUNNING 3s", "uploaded in 3s", "RUNNING 3s, waiting for the restart"])(
  "a program's own live line is no status: %s",
  (message) => expect(after({ message, severity: "info", ephemeral: true }).events).toEqual([]),
);

test.each(["RUNNING 3s", "creating 4s, waiting for the restart", "* \terror: 5s", ""])(
  "a status is what the journal says, whatever word it is: %j",
  (status) => {
    const line = { at: 1, kind: "waiting", urn, status, elapsedMs: 1_000, restartAwaited: false } as const;
    const live = { message: `${status} 1s`, severity: "info", ephemeral: true } as const;
    expect(after(live, line).events).toEqual([
      { type: "status", key: "acme", status, elapsed: "1s", restartAwaited: false },
    ]);
  },
);

const said = 'Could not create connector "acme": the service refuses it (422): 1 error occurred:';
const told = `${said}\n* error: update failed\nNext: Ask the service's operator.`;

test("an error of the provider is told as it was written, whatever the engine writes around it", () => {
  const message = `error: 1 error occurred:\n    \t* ${told.replaceAll("\n", "\n    ")}\n\n`;
  const refused = { at: 1, kind: "refused", urn, text: told } as const;
  expect(after({ message }, refused).errors).toEqual([{ key: "acme", text: told, ours: true }]);
  // Nothing that the provider said is looked for in what it didn't say.
  expect(after({ message: "error: resource is protected" }, refused).errors).toEqual([
    { key: "acme", text: "resource is protected" },
  ]);
});

test.each(["error: 1 error occurred:", "* deleting soon", "creating 3 of 4"])(
  "a note is not taken apart: %s",
  (message) => expect(after({ message, severity: "info" }).notes).toEqual([{ key: "acme", text: message }]),
);

test.each([
  ["update failed", []],
  ["Unhandled exception: Error: failed to register new resource acme [a:b:C]: 2 UNKNOWN: x\n    at y", []],
  ["Unhandled exception: Error: resource acme [a:b:C] failed to register\n    at y", []],
  [
    "Unhandled exception: Error: the service refuses it (422): acme failed to register",
    ["Unhandled exception: Error: the service refuses it (422): acme failed to register"],
  ],
])("an echo is known by what the SDK writes, not by what follows: %s", (message, texts) =>
  expect(after({ message, urn: "" }).errors.map(({ text }) => text)).toEqual(texts),
);
