import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { decodeUtf8 } from "../../../provider/model/utf8.js";
import * as say from "./messages.js";

const names = ["connectors.yaml", "connectors.yml", "connectors.json"];

/** Larger than any manifest that is one stack's, and small enough to be read in a moment. */
const limitMiB = 8;

/**
 * The manifest of a folder, by its usual names.
 *
 * @throws ConnectorError `MANIFEST_INVALID` where there is none, or more than one
 */
export function findManifest(folder: string): string {
  const found = names.filter((name) => existsSync(join(folder, name)));
  const [name, ...others] = found;
  if (name === undefined) throw say.noManifest(folder, names);
  if (others.length === 0) return name;
  throw say.severalManifests(found);
}

/**
 * The file's text, or what is wrong with it as a whole.
 *
 * @throws ConnectorError `MANIFEST_INVALID` where it can't be read
 */
export async function readText(path: string): Promise<{ readonly text: string } | { readonly problem: string }> {
  let bytes: Buffer;
  try {
    const file = await open(path);
    try {
      if ((await file.stat()).size > limitMiB * 2 ** 20) return { problem: say.tooLarge(limitMiB) };
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw say.manifestUnreadable(path, (error as NodeJS.ErrnoException).code ?? "unknown");
  }
  const text = decodeUtf8(bytes);
  return text === undefined ? { problem: say.notUtf8 } : { text };
}
