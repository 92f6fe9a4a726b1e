import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/**
 * What the figures were measured on.
 * @param busy the share of all processors that others used before
 */
export function machineFacts(busy: number): Record<string, string> {
  const [cpu] = cpus();
  return {
    processor: `${cpu?.model ?? "unknown"}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    "in use before": percent(busy),
  };
}

/**
 * The share (0 to 1) of all processors that is in use while this process waits. The system's load average would
 * count what has just ended, such as the benchmarks' own set-up.
 */
export async function busyShare(overMs = 3_000): Promise<number> {
  const before = processorTimes();
  await setTimeout(overMs);
  const after = processorTimes();
  return (after.used - before.used) / Math.max(1, after.all - before.all);
}

/** A warning, where others kept the machine busy when the run began. */
export function busyNote(busy: number): string[] {
  if (busy < 0.1) return [];
  return [
    `The machine was busy when this run began (${percent(busy)} of its processors in use): its times and their ratios say little; requests, bytes and accidents hold.`,
  ];
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function processorTimes(): { used: number; all: number } {
  const times = cpus().map((cpu) => cpu.times);
  const all = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  return { all, used: all - times.reduce((sum, { idle }) => sum + idle, 0) };
}

export function toolVersions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionIn = (path: string) => (JSON.parse(readFileSync(path, "utf8")) as { version: string }).version;
  const root = process.env["PULUMI_DATASPACE_CLI"];
  const pulumi = spawnSync(root === undefined ? "pulumi" : join(root, "bin", "pulumi"), ["version"], {
    encoding: "utf8",
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return {
    "pulumi-dataspace": versionIn(require.resolve("pulumi-dataspace/package.json")),
    node: process.versions.node,
    "@pulumi/pulumi": versionIn(require.resolve("@pulumi/pulumi/package.json")),
    undici: versionIn(require.resolve("undici/package.json")),
    pulumi: pulumi.stdout?.trim().replace(/^v/, "") ?? "none",
  };
}
