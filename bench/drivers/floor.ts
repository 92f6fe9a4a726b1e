/** L0: the requests that the work takes at least, over undici alone; whoever sends them knows when to look. */
import { setTimeout as sleep } from "node:timers/promises";
import { Pool } from "undici";
import { namesOf, storageOf } from "../connectors.ts";
import type { Operation } from "../results.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

/** As many as ours sends at once unless told. */
const connections = 8;

const { n, startMs, endpoint, token } = given<Site>();
const url = new URL(endpoint);
const pool = new Pool(url.origin, { connections, pipelining: 1 });
const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
const names = namesOf(n);

const steps: Record<Operation, () => Promise<void>> = {
  up: () => settle("POST", 0),
  again: async () => {},
  refresh: () => list(),
  update: () => settle("PUT", 1),
  destroy: async () => {
    await Promise.all(names.map((name) => send("GET", `/connectors/${name}/stop`)));
    await list();
    await Promise.all(names.map((name) => send("DELETE", `/connectors/${name}`)));
    await list();
  },
};
serve((operation) => steps[operation]());

async function settle(method: "POST" | "PUT", generation: number): Promise<void> {
  await Promise.all(
    names.map((name) => send(method, `/connectors/${name}`, JSON.stringify(storageOf(name, generation)))),
  );
  // The service rounds to whole milliseconds.
  if (startMs > 0) await sleep(startMs + 2);
  const found = JSON.parse(await send("GET", "/connectors")) as Record<string, { status: string }>;
  const waiting = names.filter((name) => found[name]?.status !== "RUNNING");
  if (waiting.length > 0) throw new Error(`${waiting.length} connectors are not RUNNING`);
}

async function list(): Promise<void> {
  JSON.parse(await send("GET", "/connectors"));
}

async function send(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: string): Promise<string> {
  const response = await pool.request({ method, path: url.pathname + path, headers, body: body ?? null });
  const text = await response.body.text();
  if (response.statusCode >= 300) throw new Error(`${method} ${path}: ${response.statusCode} ${text}`);
  return text;
}
