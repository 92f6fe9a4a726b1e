import { Connector } from "pulumi-dataspace";
import { expect } from "vitest";
import { s3 } from "../support/connectors.js";
import { test } from "../support/fixtures.js";
import { expectOk } from "../support/settled.js";

test.override("emulatorOptions", { startMs: 100 });

test("a preview takes nothing for a value that is only known later: not the account, the name, or a whole block", async ({
  emulator,
  stack,
}) => {
  stack.setEnv({ DATASPACE_B_ENDPOINT: emulator.endpoint, DATASPACE_B_TOKEN: emulator.token });
  const program = async () => {
    const first = new Connector("first");
    const later = <T>(value: T) => first.status.apply(() => value);
    new Connector("elsewhere", { account: later("b"), amazonS3: s3() });
    new Connector("named", { name: later("second"), amazonS3: later(s3()), adoptCredentials: later("send" as const) });
  };
  const preview = await stack.preview(program);
  expectOk(preview);
  expect(preview.output).not.toContain("04da6b54");
  expect(emulator.requestLines()).toEqual([]);
  expectOk(await stack.up());
  expect(emulator.names().toSorted()).toEqual(["elsewhere", "first", "second"]);
});
