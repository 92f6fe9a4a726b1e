import { findManifest, validate, type Manifest } from "../../pipeline/index.js";
import type { CommandModule } from "./command.js";
import { addManifestFlag } from "./stack-flags.js";

export const command: CommandModule = {
  example: "pulumi-dataspace validate --manifest connectors.yaml",
  define: (command) => addManifestFlag(command),
  async run({ flags, terminal }) {
    const path = (flags["manifest"] as string | undefined) ?? findManifest(process.cwd());
    const { manifest, problems, warnings } = await validate(path);
    if (!manifest) {
      const texts = problems.map(({ text }) => text);
      const count = `${problems.length} ${problems.length === 1 ? "problem" : "problems"}`;
      return {
        exitCode: 1,
        document: { command: "validate", exitCode: 1, manifest: path, problems },
        text: [...texts, `${terminal.style("red", "✗")} ${path}: ${count}`].join("\n"),
      };
    }
    const { project, shards, policy, connectors } = manifest;
    const summary = {
      connectors: connectors.length,
      stopped: connectors.filter(({ args }) => args.desiredStatus === "STOPPED").length,
      protected: connectors.filter(({ protect }) => protect).length,
    };
    return {
      exitCode: 0,
      document: {
        command: "validate",
        exitCode: 0,
        manifest: path,
        project,
        shards,
        policy,
        ...summary,
        problems: [],
        warnings,
      },
      text: [
        ...warnings.map((warning) => `warning: ${warning}`),
        `${terminal.style("green", "✓")} ${path}: ${clauses(manifest, summary).join(", ")}`,
      ].join("\n"),
    };
  },
};

function clauses(
  { project, shards, policy }: Manifest,
  counts: { readonly connectors: number; readonly stopped: number; readonly protected: number },
): string[] {
  return [
    `${counts.connectors} ${counts.connectors === 1 ? "connector" : "connectors"} of ${project}`,
    ...(counts.stopped > 0 ? [`${counts.stopped} STOPPED`] : []),
    ...(counts.protected > 0 ? [`${counts.protected} protected`] : []),
    ...(shards > 1 ? [`${shards} shards`] : []),
    ...(policy === undefined ? [] : ["with a policy"]),
  ];
}
