import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for the files of one test. */
export class Folder {
  private constructor(readonly path: string) {}

  static async create(): Promise<Folder> {
    return new Folder(await mkdtemp(join(tmpdir(), "pulumi-dataspace-folder-")));
  }

  /** Writes a file and gives its path. */
  async write(name: string, text: string | Uint8Array): Promise<string> {
    const path = join(this.path, name);
    await writeFile(path, text);
    return path;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}
