import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Report } from "../../pipeline/run/report.js";
import { PipelineFolder, s3From } from "../support/pipeline.js";

/** Reports of real runs: what the provider's journal and the engine's events make of a timeline. */

test("an up of which one connector fails, in all three formats", { timeout: 120_000 }, async () => {
  const pipeline = await new PipelineFolder().open();
  try {
    const { emulator } = pipeline;
    pipeline.env = { KEY: "key-of-generation-1" };
    const declared = {
      acme: { name: "acme-edc", amazonS3: s3From("KEY") },
      plain: {},
      odd: {},
    };
    await pipeline.declare(declared);
    emulator.fault({ call: "create", connector: "odd", do: "failAtStart" });
    const files = ["up.md", "up.html", "up.json"];
    const { code } = await pipeline.cli(
      "up",
      "--stack=prod",
      "--yes",
      "--quiet",
      ...files.flatMap((file) => ["--report", file]),
    );
    expect(code).toBe(4);
    const [md = "", html = "", json = ""] = await Promise.all(
      files.map((file) => readFile(join(pipeline.folder, file), "utf8")),
    );

    const report = JSON.parse(json) as Report;
    expect(report.connectors.map(({ key, result, timeline = [] }) => [key, result, words(timeline)])).toEqual([
      ["acme", "done", "absent STARTING RUNNING"],
      ["odd", "failed", "absent STARTING FAILED"],
      ["plain", "done", "absent STARTING RUNNING"],
    ]);
    expect(report.requests).toMatchObject({ create: 3 });

    expect(html).toContain("<title>up prod: Ended unhealthy or rolled back</title>");
    expect(html.match(/aria-label="absent 0?[^"]*STARTING [^"]*RUNNING [^"]*"/g)).toHaveLength(2);
    expect(html).toContain("Could not create connector &quot;odd&quot;");
    expect(md).toContain("3 connectors: 1 failed, 2 done.");
    expect(md).toMatch(
      /\| `acme` \(`acme-edc`\) \| done \| RUNNING \| \S+ \| 0 \| absent \S+ → STARTING \S+ → RUNNING \S+ \|/,
    );
    for (const text of [md, html, json]) expect(text).not.toContain("key-of-generation-1");
  } finally {
    await pipeline.remove();
  }
});

function words(timeline: readonly { readonly status: string }[]): string {
  return timeline
    .map(({ status }) => status)
    .filter((status, index, all) => status !== all[index - 1])
    .join(" ");
}
