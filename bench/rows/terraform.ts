import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Operation } from "../results.ts";
import { findTerraform, providerFolder, type Terraform } from "../tools/terraform.ts";
import { namesOf, storageOf } from "../connectors.ts";
import type { Row, Session, Site } from "./row.ts";

const modes = {
  each: { id: "terraform", title: "Terraform, a read per connector while it waits" },
  list: { id: "terraform-list", title: "Terraform, one list for all while it waits" },
  off: { id: "terraform-off", title: "Terraform, waiting switched off" },
} as const;

type Mode = keyof typeof modes;

/** Rows of Terraform with the provider in `peers/terraform`. */
export const terraform: readonly Row[] = (Object.keys(modes) as Mode[]).map((mode) => {
  let found: Terraform | undefined;
  return {
    ...modes[mode],
    prepare: async () => {
      const tool = await findTerraform();
      if ("missing" in tool) return tool;
      const provider = await providerFolder();
      if ("missing" in provider) return provider;
      found = tool;
      return { open: (site: Site) => open(tool, provider.folder, mode, site) };
    },
    versions: () => (found ? { [found.name]: found.version } : {}),
  };
});

async function open({ program }: Terraform, provider: string, mode: Mode, site: Site): Promise<Session> {
  await writeFile(join(site.folder, "main.tf"), configuration(mode, site.n));
  await writeFile(
    join(site.folder, "terraform.rc"),
    `provider_installation {\n  dev_overrides {\n    "bench/dataspace" = "${provider}"\n  }\n  direct {}\n}\n`,
  );
  const env = {
    ...process.env,
    TF_CLI_CONFIG_FILE: join(site.folder, "terraform.rc"),
    CHECKPOINT_DISABLE: "1",
    DATASPACE_ENDPOINT: site.endpoint,
    DATASPACE_TOKEN: site.token,
  };
  let generation = 0;
  const common = ["-auto-approve", "-input=false", "-no-color"];
  if (site.parallel !== undefined) common.push(`-parallelism=${site.parallel}`);
  // Refreshing is a column of its own, as it is for Pulumi.
  const apply = () => ["apply", ...common, "-refresh=false", `-var=generation=${generation}`];
  const words: Record<Operation, () => string[]> = {
    up: apply,
    again: apply,
    refresh: () => ["apply", ...common, "-refresh-only", `-var=generation=${generation}`],
    update: () => (generation++, apply()),
    destroy: () => ["destroy", ...common, "-refresh=false", `-var=generation=${generation}`],
  };
  return {
    roles: { engine: /(terraform|tofu) (apply|destroy) /, provider: /terraform-provider-dataspace/ },
    run: (operation, signal) => timed(program, words[operation](), { cwd: site.folder, env, signal }),
    stateFiles: () => Promise.resolve([join(site.folder, "terraform.tfstate")]),
    close: () => Promise.resolve(),
  };
}

/** The same values as in every other row. */
function configuration(mode: Mode, n: number): string {
  const [name = ""] = namesOf(1);
  const fields = Object.entries(storageOf(name, 0)).map(([field, value]) => {
    const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const text = value.replaceAll(name, "${local.names[count.index]}").replace("-0-", "-${var.generation}-");
    return `    ${snake} = "${text}"`;
  });
  return `terraform {
  required_providers {
    dataspace = { source = "bench/dataspace" }
  }
}
provider "dataspace" {
  wait = "${mode}"
}
variable "generation" {
  type = number
}
locals {
  names = [for index in range(${n}) : format("bench-%05d", index)]
}
resource "dataspace_connector" "each" {
  count = ${n}
  name  = local.names[count.index]
  amazon_s3 = {
${fields.join("\n")}
  }
}
`;
}

function timed(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; signal: AbortSignal },
): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let tail = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-2_000)));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve((performance.now() - startedAt) / 1_000);
      else reject(new Error(`${program} ${args[0] ?? ""} ended with ${code ?? "a signal"}: ${tail}`));
    });
  });
}
