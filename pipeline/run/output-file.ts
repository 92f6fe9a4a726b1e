import { randomUUID } from "node:crypto";
import { accessSync, closeSync, constants, openSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { mkdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { printable } from "./printable.js";

/**
 * Why a file can't be written, found out by trying, before a run of which it is to tell; `undefined`: it can be. Leaves nothing
 * behind.
 */
export function outputFileProblem(file: string): string | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    if (found?.isDirectory()) return "it is a folder";
    // A device takes nothing to say whether it takes anything; a pipe may have no reader yet.
    if (found?.isFile()) accessSync(file, constants.W_OK);
    else if (found && !found.isFIFO()) writeNothing(file);
    if (found) return undefined;
    let folder = dirname(resolve(file));
    while (!statSync(folder, { throwIfNoEntry: false })) folder = dirname(folder);
    if (!statSync(folder).isDirectory()) return `${folder} is not a folder`;
    const aside = asideIn(folder);
    try {
      writeFileSync(aside, "\n", { flag: "wx", mode: 0o600 });
    } finally {
      rmSync(aside, { force: true });
    }
    return undefined;
  } catch (error) {
    return printable(error);
  }
}

/**
 * Writes a file whole or not at all: aside first, then in its place. Creates missing folders. A file that exists keeps its mode.
 *
 * @param mode of a new file. Default: only its owner reads it
 * @throws Error of the file system; what was there before is there still
 */
export async function writeOutputFile(file: string, text: string, mode = 0o600): Promise<void> {
  await mkdir(dirname(resolve(file)), { recursive: true });
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile()) return writeFile(file, text);
  const target = found ? await realpath(file) : file;
  const aside = asideIn(dirname(resolve(target)));
  try {
    await writeFile(aside, text, { flag: "wx", mode: found ? found.mode & 0o777 : mode });
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined);
    // A folder that takes no new file, or a file that is mounted there: it can only be written where it is.
    if (!found || !onlyInPlace.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await writeFile(target, text);
  }
}

function writeNothing(file: string): void {
  const opened = openSync(file, "a");
  try {
    writeSync(opened, "");
  } finally {
    closeSync(opened);
  }
}

const onlyInPlace: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EBUSY", "EROFS"]);

function asideIn(folder: string): string {
  return join(folder, `.${randomUUID()}.tmp`);
}
