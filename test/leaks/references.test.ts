import { test } from "vitest";
import { expectNoLeak, titleOf } from "./everything.js";
import { settingsFor } from "./settings.js";

test.each(settingsFor("references").map((setting) => [titleOf(setting), setting] as const))(
  "%s: nothing is seen anywhere",
  { timeout: 900_000 },
  (_, setting) => expectNoLeak(setting),
);
