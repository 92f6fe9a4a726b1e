import { createRequire } from "node:module";
import type * as Bearer from "../../provider/api/token/bearer.js";
import type * as Client from "../../provider/api/client.js";
import type * as Runtime from "../../provider/dynamic/runtime.js";

// Node itself loads them, as it does for users: the test runner would change them on the way.
const load = createRequire(import.meta.url);

/** What the build has made of these modules: tests of what talks to the network run on it. */
export const built = {
  ...(load("../../dist/provider/api/client.js") as typeof Client),
  ...(load("../../dist/provider/api/token/bearer.js") as typeof Bearer),
  /** The one file that the engine's provider process loads. */
  runtime: load("pulumi-dataspace/dynamic-runtime") as typeof Runtime,
};
