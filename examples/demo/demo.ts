/** The life of three connectors, with the real Pulumi engine and an emulator: `npm run demo`. */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LoggedRequest } from "pulumi-dataspace/emulator";
import { preview, rotate, type Report, type Run } from "pulumi-dataspace/pipeline";
import { startEmulator } from "./emulator.ts";
import { openStack } from "./stack.ts";

const startedAt = Date.now();
const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-demo-"));

say("The emulator starts. A connector takes 1.5 s to start, and still reports RUNNING for 400 ms after an edit");
const emulator = await startEmulator("--start", "1500ms", "--stop", "400ms", "--lag", "400ms");
const { control } = emulator;

let runs = 0;
// Node caches loaded modules; the query makes each run load the program again.
const program = async () => ({ ...(await import(`../quickstart/index.ts?run=${++runs}`)) });
const stack = await openStack({
  project: "quickstart",
  program,
  folder,
  modulesIn: root,
  env: { DATASPACE_ENDPOINT: control.endpoint, DATASPACE_TOKEN: control.token },
});
const live = {
  onOutput: (text: string) => void process.stdout.write(text.replace(/^/gm, "  ").replace(/ +$/gm, "")),
  color: process.stdout.isTTY ? ("always" as const) : ("never" as const),
};
const table: { step: string; requests: LoggedRequest[] }[] = [];
let seen = 0;

/** Runs one step with live output. Returns the requests that changed something. */
async function step(title: string, work: () => Promise<unknown>): Promise<string[]> {
  say(title);
  await work();
  const requests = (await control.requests()).slice(seen);
  seen += requests.length;
  table.push({ step: title, requests });
  return requests
    .filter(({ call }) => call !== "list" && call !== "get")
    .map(({ method, path }) => `${method} ${path}`);
}

try {
  await stack.setAllConfig({
    "quickstart:accessKeyIdRead": { value: "AKIAREADREADREAD", secret: true },
    "quickstart:secretAccessKeyRead": { value: "the-first-read-secret", secret: true },
    "quickstart:accessKeyIdWrite": { value: "AKIAWRITEWRITEWR", secret: true },
    "quickstart:secretAccessKeyWrite": { value: "the-first-write-secret", secret: true },
    "quickstart:stuckAfter": { value: "3s" },
  });

  const created = await step("up: three connectors are created", () => stack.up(live));
  assert.deepEqual(created.filter((line) => line.startsWith("POST")).sort(), [
    "POST /connectors/acme",
    "POST /connectors/acme-archive",
    "POST /connectors/acme-plain",
  ]);
  assert.deepEqual(await statuses(), { acme: "RUNNING", "acme-plain": "RUNNING", "acme-archive": "STOPPED" });

  await stack.setConfig("quickstart:secretAccessKeyWrite", { value: "the-second-write-secret", secret: true });
  let shown = "";
  const previewed = await step("preview: names the rotated key, not its value", () =>
    stack.preview({ ...live, diff: true, onOutput: (text) => (live.onOutput(text), (shown += text)) }),
  );
  assert.match(shown, /secretAccessKeyWrite/);
  assert.doesNotMatch(shown, /the-(first|second)/);
  assert.deepEqual(previewed, []);
  assert.deepEqual(await step("up: sends one edit and waits for the restart", () => stack.up(live)), [
    "PUT /connectors/acme",
  ]);

  assert.deepEqual(await step("up again: nothing to do, no requests", () => stack.up(live)), []);

  await control.interfere("acme-plain", { status: "STOPPED" });
  let drift = "";
  await step("refresh: somebody stopped acme-plain outside of Pulumi", () =>
    stack.refresh({ ...live, onOutput: (text) => (live.onOutput(text), (drift += text)) }),
  );
  assert.match(drift, /desiredStatus/);
  assert.deepEqual(await step("up: heals it", () => stack.up(live)), ["GET /connectors/acme-plain/start"]);

  await control.interfere("acme", { status: "FAILED" });
  assert.deepEqual(
    await step("up --refresh: acme has FAILED, so it is stopped and started", () =>
      stack.up({ ...live, refresh: true }),
    ),
    ["GET /connectors/acme/stop", "GET /connectors/acme/start"],
  );

  await stack.setConfig("quickstart:secretAccessKeyRead", { value: "the-second-read-secret", secret: true });
  const pipeline = {
    source: { program, project: "quickstart", settingsDir: stack.workspace.workDir },
    stack: "test",
    env: stack.workspace.envVars,
  };
  assert.deepEqual(
    await step("pipeline preview: refused by a policy that allows no restarts", async () => {
      const refused = await watch(preview({ ...pipeline, policyFlags: { limits: { restarts: { max: 0 } } } }));
      assert.equal(refused.exitCode, 3);
      for (const { text } of refused.violations) live.onOutput(`${text}\n`);
    }),
    [],
  );
  assert.deepEqual(
    await step("pipeline rotate: sends only the changed key, proves the restart", async () => {
      // This program's keys are values in its config, so there is no reference to a previous one for a rollback.
      const rotated = await watch(rotate({ ...pipeline, wave: 1, rollback: false }));
      assert.deepEqual(
        rotated.connectors.map(({ key, result, restarts }) => [key, result, restarts]),
        [["acme", "done", 1]],
      );
    }),
    ["PUT /connectors/acme"],
  );

  await control.fault({ call: "stop", connector: "acme", do: "stuck" });
  const destroyed = await step("destroy: acme gets stuck while it stops, so the provider calls fail", () =>
    stack.destroy(live),
  );
  assert.deepEqual(
    destroyed.filter((line) => line.includes("/acme/")),
    ["GET /connectors/acme/stop", "GET /connectors/acme/fail", "GET /connectors/acme/stop"],
  );
  assert.deepEqual(await statuses(), { acme: "STOPPED", "acme-plain": "STOPPED", "acme-archive": "STOPPED" });
  summarize();
} finally {
  await emulator.end();
  await rm(folder, { recursive: true, force: true });
}

/** Awaits a pipeline run and prints its events. */
async function watch(run: Run<Report>): Promise<Report> {
  for await (const event of run) {
    if (event.type === "phase") live.onOutput(`${event.text}\n`);
    if (event.type === "status") live.onOutput(`${event.key}  ${event.status} ${event.elapsed}\n`);
  }
  return run;
}

async function statuses(): Promise<Record<string, string>> {
  return Object.fromEntries((await control.connectors()).map(({ name, status }) => [name, status]));
}

function summarize(): void {
  say("Requests to the service");
  console.log(`  ${"".padEnd(69)} reads  changes`);
  for (const { step: title, requests } of table) {
    const reads = requests.filter(({ call }) => call === "list" || call === "get").length;
    console.log(`  ${title.padEnd(69)} ${String(reads).padStart(5)}  ${changesOf(requests) || "none"}`);
  }
  console.log(`\n  Everything went as expected, in ${Math.round((Date.now() - startedAt) / 1000)} s.`);
}

/** `2 create, 1 stop` */
function changesOf(requests: readonly LoggedRequest[]): string {
  const changes = requests.map(({ call }) => call).filter((call) => call !== "list" && call !== "get");
  return [...new Set(changes)].map((call) => `${changes.filter((each) => each === call).length} ${call}`).join(", ");
}

function say(text: string): void {
  console.log(`\n▸ ${text}`);
}
