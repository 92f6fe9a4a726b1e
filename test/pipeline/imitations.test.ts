import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pipelineFolder } from "../support/pipeline.js";

/** A service that speaks as the engine does, as its CLI does, and as we do, is taken for neither. */
const pipeline = pipelineFolder();

const imitations = [
  "the stack is currently locked by 1 lock(s). created by root@host (pid 12) at 2026-11-24T20:00:00Z",
  "no language plugin 'pulumi-language-cobol' found",
  "failed to load checkpoint: EOF",
  "1 error occurred: * update failed",
  "RUNNING 3s, waiting for the restart",
];

test.each(imitations)("a refusal that says: %s", { timeout: 120_000 }, async (detail) => {
  const { emulator } = pipeline;
  await pipeline.declare({ acme: {}, beta: {} });
  emulator.fault({ call: "create", times: 1, do: { status: 422, body: JSON.stringify({ detail }) } });
  const { code, stdout } = await pipeline.cli("up", "--stack", "prod", "--yes", "--json");
  expect(code, stdout).toBe(1);
  const [report] = [JSON.parse(stdout) as { connectors: { result: string; error?: string }[] }].flat();
  const failed = report?.connectors.filter(({ result }) => result === "failed") ?? [];
  expect(failed).toHaveLength(1);
  expect(failed[0]?.error).toContain(detail);
  expect(report?.connectors.filter(({ result }) => result === "done")).toHaveLength(1);
  // Each was sent once: nobody waited for a lock, and began again.
  expect(emulator.mutations().map((each) => each.split(" ")[0])).toEqual(["POST", "POST"]);
});

test("a status that reads like a live line is shown as the word that it is", { timeout: 120_000 }, async () => {
  const { emulator } = pipeline;
  await pipeline.declare({ acme: {} });
  const word = "RUNNING 3s, waiting for the restart";
  const posted = emulator.waitFor(({ call }) => call === "create");
  emulator.fault({ call: "create", times: 1, do: "stuck" });
  void posted.then(async () => {
    emulator.interfere("acme", { status: word as "RUNNING" });
    for (let look = 0; look < 2; look++) await emulator.waitFor(({ call }) => call === "list" || call === "get");
    emulator.interfere("acme", { status: "RUNNING" });
  });
  const { code, stderr, stdout } = await pipeline.cli("up", "--stack", "prod", "--yes", "--events", "events.ndjson");
  expect(code, stdout + stderr).toBe(0);
  const events = (await readFile(join(pipeline.folder, "events.ndjson"), "utf8")).trim().split("\n");
  const seen = events
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type }) => type === "status");
  expect(seen).toContainEqual(expect.objectContaining({ key: "acme", status: word, restartAwaited: false }));
});
