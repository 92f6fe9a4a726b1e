import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { writeOutputFile } from "../../run/output-file.js";

/** Writes the number of shards into a manifest, and leaves everything else as it is, comments and order too. */
export async function setShards(path: string, shards: number): Promise<void> {
  const text = await readFile(path, "utf8");
  if (path.endsWith(".json")) {
    const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? "  ";
    const value = { ...(JSON.parse(text) as Record<string, unknown>), shards };
    return writeOutputFile(path, `${JSON.stringify(value, undefined, indent)}\n`);
  }
  const document = parseDocument(text);
  document.set("shards", shards);
  await writeOutputFile(path, document.toString({ lineWidth: 0 }));
}
