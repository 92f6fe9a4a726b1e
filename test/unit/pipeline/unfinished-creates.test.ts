import { expect, test } from "vitest";
import { unlocked } from "../../../pipeline/messages.js";
import { unfinishedCreates, type PendingOperation, type StateResource } from "../../../pipeline/stack/state.js";
import { connectorType as connector } from "../../../provider/model/connector-type.js";

const resource = (key: string, type = connector, inputs: object = { name: key }): StateResource => ({
  urn: `urn:pulumi:prod::fleet::${type}::${key}`,
  type,
  inputs: { ...inputs },
});
const pending = (type: string, each: StateResource): PendingOperation => ({ type, resource: each });

test.each<[what: string, operations: readonly PendingOperation[], keys: readonly string[]]>([
  ["nothing", [], []],
  ["creates, in order", [pending("creating", resource("b")), pending("creating", resource("a"))], ["a", "b"]],
  ["in a component", [pending("creating", resource("a", `acme:Team$${connector}`))], ["a"]],
  ["one that a later run has created", [pending("creating", resource("held"))], []],
  ["what state holds and up takes up", [pending("updating", resource("held")), pending("deleting", resource("x"))], []],
  [
    "what is no connector, or is only read",
    [pending("creating", resource("a", "aws:s3:Bucket")), pending("reading", resource("b", connector, {}))],
    [],
  ],
])("%s", (_, operations, keys) => {
  expect(unfinishedCreates({ deployment: { resources: [resource("held")], pending_operations: operations } })).toEqual(
    keys,
  );
});

test("one connector, with a name that a shell would take apart", () => {
  expect(unlocked("prod", ["team a's"])).toBe(
    `The lock was removed. The interrupted run was creating team a's: it is not in state, but may be at the service, where up alone doesn't touch it. Next: Run pulumi-dataspace list; if it shows it and it is yours, run DATASPACE_ON_EXISTING=adopt pulumi-dataspace up --stack prod --only 'team a'\\''s', which takes over what is there and creates what isn't; otherwise run pulumi-dataspace up --stack prod.`,
  );
});
