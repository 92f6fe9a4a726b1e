import { afterAll, describe, expect, test } from "vitest";
import { operations, points, survive, victims, type Scenario } from "./scenario.js";

const signals: NodeJS.Signals[] = ["SIGKILL", "SIGINT", "SIGTERM"];
const everything: Scenario[] = operations.flatMap((operation) =>
  points.flatMap((point) =>
    (Object.keys(victims) as Scenario["victim"][]).flatMap((victim) =>
      (victim === "both" ? signals.slice(0, 1) : signals).map((signal) => ({ operation, point, victim, signal })),
    ),
  ),
);
/** In the suite of every day: the engine killed at each point of a create, and whatever waits killed while it waits. */
const daily = everything.filter(
  ({ operation, point, victim, signal }) =>
    signal === "SIGKILL" &&
    ((victim === "the engine" && (operation === "create" || point === "while waiting")) ||
      (victim === "the provider" && operation === "create" && point === "after it is sent")),
);
const scenarios = process.env["KILL"] === "all" ? everything : daily;
const advice = new Map<string, number>();

describe.each(scenarios)("$signal of $victim, $point, during $operation", (scenario) => {
  test("ends in the declared state, by what the outputs say", async () => {
    const followed = await survive(scenario);
    const key = followed.join(", then ") || "up alone";
    advice.set(key, (advice.get(key) ?? 0) + 1);
    expect(followed.length).toBeLessThan(6);
  });
});

afterAll(() => {
  const rows = [...advice].map(([way, count]) => `${String(count).padStart(4)}  ${way}`);
  console.log(`${scenarios.length} kills: 0 duplicates, 0 orphans; recovered by\n${rows.join("\n")}`);
});
