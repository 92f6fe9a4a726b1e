import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, loadavg, release, totalmem, type } from "node:os";
import { join } from "node:path";

/** What the figures were measured on. */
export function machineFacts(): Record<string, string> {
  const [cpu] = cpus();
  return {
    processor: `${cpu?.model ?? "unknown"}, ${cpus().length} cores`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${type()} ${release()}`,
    "load before": loadavg()
      .map((load) => load.toFixed(1))
      .join(" "),
  };
}

/** A warning, where others kept the machine busy when the run began. */
export function busyNote(): string[] {
  const [load = 0] = loadavg();
  if (load < cpus().length / 4) return [];
  return [
    `The machine was busy when this run began (load ${load.toFixed(1)} on ${cpus().length} cores): its times and their ratios say little; requests, bytes and accidents hold.`,
  ];
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
