import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Connector } from "../../../sdk/connector.js";
import { showUsersFrames, usersFrames } from "../../../sdk/users-frames.js";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const skipped = [
  "    at Function.callsites (/p/node_modules/@pulumi/pulumi/resource.js:328:32)",
  "    at Function.stackTrace (/p/node_modules/@pulumi/pulumi/resource.js:351:30)",
  "    at new Resource (/p/node_modules/@pulumi/pulumi/resource.js:284:37)",
  "    at new CustomResource (/p/node_modules/@pulumi/pulumi/resource.js:508:9)",
  `    at new Connector (file://${root}sdk/connector.js:40:5)`,
];

test.each<[string, string[], string[]]>([
  ["a CommonJS program", ["    at declare (/home/ada/index.ts:3:5)"], ["/home/ada/index.ts:3:5"]],
  ["code at the top of a module", ["    at /home/ada/index.js:3:5"], ["/home/ada/index.js:3:5"]],
  ["an ES module, whose frames are URLs", ["    at file:///home/a%20b/index.js:3:5"], ["/home/a b/index.js:3:5"]],
  ["an awaited call", ["    at async declare (file:///home/ada/index.mjs:3:5)"], ["/home/ada/index.mjs:3:5"]],
  ["a class of the user's own", ["    at new Team (C:\\ada\\index.ts:3:5)"], ["C:\\ada\\index.ts:3:5"]],
  ["Node itself", ["    at node:internal/process/task_queues:95:5", "    at Array.map (<anonymous>)"], []],
  ["a URL that is no path here", ["    at file://elsewhere/index.js:3:5", "    at file:///a%2Fb.js:3:5"], []],
  ["Pulumi", ["    at /p/node_modules/@pulumi/pulumi/runtime/stack.js:76:28"], []],
  ["this package", [`    at file://${root}pipeline/source/manifest/program.js:9:4`], []],
])("%s", (_, frames, left) => {
  expect(usersFrames(["Error", ...skipped, ...frames].join("\n")).split("\n")).toEqual([
    "Error",
    ...skipped,
    ...left.map((place) => `    at program (${place})`),
  ]);
});

test("an error is said to come from where the constructor is called, and stacks are written as before", () => {
  const errors: { prepareStackTrace?: unknown } = Error;
  const before = [errors.prepareStackTrace, Error.stackTraceLimit];
  class Resource {
    constructor() {
      const end = showUsersFrames(Resource);
      const leak = new Error("for finding leaks");
      expect(leak.stack).toBe("Error: for finding leaks");
      end(leak);
      throw leak;
    }
  }
  const declare = () => new Resource();
  expect(declare).toThrow(
    expect.objectContaining({ stack: expect.stringMatching(/^Error: for finding leaks\n {4}at declare \(/) as string }),
  );
  expect([errors.prepareStackTrace, Error.stackTraceLimit]).toEqual(before);
});

test("what resources without a name are told is told of the user's line", () => {
  const declare = () => new Connector("");
  expect(declare).toThrow(
    expect.objectContaining({
      stack: expect.stringMatching(/Missing resource name[^]*?\n {4}at declare \(/) as string,
    }),
  );
});
