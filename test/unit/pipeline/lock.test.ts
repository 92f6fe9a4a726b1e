import { expect, test } from "vitest";
import { lockIn } from "../../../pipeline/stack/lock.js";

const timestamp = "2020-01-01T00:00:00Z";
const locked = (stack: string, who: string) =>
  `  file:///state/.pulumi/locks/organization/fleet/${stack}/0a.json?no_tmp_dir=true: created by ${who} at ${timestamp}\n`;

test.each([
  ["an engine that did its work", "Resources: 3 unchanged", undefined],
  [
    "a move, of whose two stacks the other one is locked",
    `error: failed to save source snapshot: the stack is currently locked by 1 lock(s).\n${locked("prod-2", "ada@ci (pid 12)")}`,
    {
      stack: "prod-2",
      holder: expect.stringMatching(/^ada@ci \(pid 12\) since 2020-01-01T00:00:00Z \(.+\)$/) as string,
    },
  ],
  [
    "two holders",
    `error: the stack is currently locked by 2 lock(s).\n${locked("prod", "ada@ci (pid 12)")}${locked("prod", "bea@ci (pid 7)")}`,
    { stack: "prod", holder: expect.stringMatching(/^ada@ci .*, bea@ci /) as string },
  ],
  [
    "a lock that was released while it was read",
    'error: blob (key ".pulumi/locks/organization/fleet/prod/0a.json") (code=NotFound): open: no such file',
    { stack: "prod", holder: "an unknown run, or one that has just ended" },
  ],
])("%s", (_, output, lock) => {
  expect(lockIn(output)).toEqual(lock);
});
