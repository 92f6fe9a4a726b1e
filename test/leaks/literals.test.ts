import { test } from "vitest";
import { expectNoLeak, titleOf } from "./everything.js";
import { settingsFor } from "./settings.js";

test.each(settingsFor("literals").map((setting) => [titleOf(setting), setting] as const))(
  "%s: nothing is seen but what the engine itself writes of its input",
  { timeout: 900_000 },
  (_, setting) => expectNoLeak(setting),
);
