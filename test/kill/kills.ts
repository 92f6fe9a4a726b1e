import { afterAll, describe, expect, test } from "vitest";
import { points, survive, victims, type Scenario } from "./scenario.js";

const signals: NodeJS.Signals[] = ["SIGKILL", "SIGINT", "SIGTERM"];

function scenariosOf(operation: Scenario["operation"]): Scenario[] {
  const all = points.flatMap((point) =>
    (Object.keys(victims) as Scenario["victim"][]).flatMap((victim) =>
      signals.map((signal) => ({ operation, point, victim, signal })),
    ),
  );
  return process.env["KILL"] === "all" ? all : all.filter(isDaily);
}

/** In the suite of every day: the engine killed at each point of a create, and whatever waits killed while it waits. */
function isDaily({ operation, point, victim, signal }: Scenario): boolean {
  return (
    signal === "SIGKILL" &&
    ((victim === "the engine" && (operation === "create" || point === "while waiting")) ||
      (victim === "the provider" && operation === "create" && point === "after it is sent"))
  );
}

/** One file for each operation, so that two can be played at the same time. */
export function playKills(operation: Scenario["operation"]): void {
  const scenarios = scenariosOf(operation);
  /** How often each way back was gone, by who was struck. */
  const ways = new Map<string, Record<string, number>>();

  describe.each(scenarios)("$signal of $victim, $point, during $operation", (scenario) => {
    test("ends in the declared state, by what the outputs say", async () => {
      const followed = await survive(scenario);
      const way = followed.join(", then ") || `${operation === "delete" ? "destroy" : "up"} alone`;
      const counts = ways.get(way) ?? {};
      counts[scenario.victim] = (counts[scenario.victim] ?? 0) + 1;
      ways.set(way, counts);
      expect(followed.length).toBeLessThan(6);
    });
  });

  afterAll(() => {
    const played = [...ways.values()].flatMap((counts) => Object.values(counts)).reduce((sum, count) => sum + count, 0);
    // No chance is in it, so there is no seed: every signal strikes every victim at every point.
    console.log(
      `${operation}: ${played} kills survived with 0 duplicates and 0 orphans; the declared state was reached by`,
    );
    console.table(Object.fromEntries([...ways].sort(([a], [b]) => a.localeCompare(b))));
  });
}
