import { z } from "zod";
import { namePattern, nameRule } from "./name.js";
import { storageKinds, type StorageBlock } from "./storage.js";
import { durationText, word } from "./text.js";

const timeouts = z.strictObject({
  create: durationText("Limit of a create, until the connector is RUNNING (or STOPPED). Default `15m`.").optional(),
  update: durationText("Limit of an update, until the connector is RUNNING again. Default `15m`.").optional(),
  delete: durationText("Limit of a delete, until the connector is at rest. Default `10m`.").optional(),
});

/** One block per kind of storage. */
const storage = Object.fromEntries(
  Object.entries(storageKinds).map(([block, { schema, summary }]) => [
    block,
    schema.optional().meta({ description: summary, push: true }),
  ]),
) as { [Block in StorageBlock]: z.ZodOptional<(typeof storageKinds)[Block]["schema"]> };

/** Everything that a program may say of a connector. Types, documentation, checks and diffs are made from this one schema. */
export const connectorSchema = z.strictObject({
  name: z.string("must be a string").regex(namePattern, `is not a valid name; ${nameRule}`).optional().meta({
    description:
      "Name at the service, and the connector's identity: 1 to 16 lower-case letters, digits and dashes. Another name is another connector: it replaces this one. Default: the resource's name, when it is a valid one.",
    replaces: true,
  }),
  ...storage,
  desiredStatus: word(["RUNNING", "STOPPED"], "What the connector is to be. Default `RUNNING`.").optional(),
  onExisting: word(
    ["adoptStopped", "adopt", "error"],
    "What create does when the name is taken: `adoptStopped` takes over a STOPPED connector with the same storage, `adopt` any, `error` none. Default `adoptStopped`.",
  ).optional(),
  adoptCredentials: word(
    ["send", "assume"],
    "How create takes over an existing connector: `send` edits it to what is declared here; `assume` sends no configuration, whatever `onExisting` says, and takes the credentials given here for those that it holds. They may then be left out until its storage is to change. An absent connector, or one that echoes other storage, is an error. Default `send`.",
  ).optional(),
  onDelete: word(
    ["stop", "scrub", "delete", "retain"],
    "What delete does: `stop` leaves the connector behind STOPPED, `scrub` takes its credentials from the service first, `delete` removes it where the service can, `retain` touches nothing. Default `stop`.",
  ).optional(),
  settle: durationText(
    "How long RUNNING must hold after an edit before it counts without a restart having been seen. Default `10s`.",
  ).optional(),
  stuckAfter: durationText(
    "How long a delete waits without any change of status before it forces the connector into FAILED. Default `5m`.",
  ).optional(),
  timeouts: timeouts
    .optional()
    .meta({ description: "Time limits. The resource option `customTimeouts` fills in what is left out here." }),
  credentialsVersion: z.union([z.string(), z.number()], "must be a string or a number").optional().meta({
    description: "Any other value than before sends the credentials again, though they have not changed.",
    push: true,
  }),
  account: z
    .string("must be a string")
    .regex(/^[a-z][a-z0-9]*$/, "is not an account's name; use lower-case letters and digits, beginning with a letter")
    .optional()
    .meta({
      description:
        "Account that holds the connector: `b` reads DATASPACE_B_ENDPOINT and DATASPACE_B_TOKEN. Default: DATASPACE_ENDPOINT and DATASPACE_TOKEN.",
      replaces: true,
    }),
});

export type ConnectorInputs = z.input<typeof connectorSchema>;
