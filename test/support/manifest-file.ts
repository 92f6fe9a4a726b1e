import { readManifest, type Manifest } from "../../pipeline/index.js";
import { checkManifest } from "../../pipeline/source/manifest/check.js";
import { Folder } from "./folder.js";

/** The lines that a manifest begins with. */
export const head = "version: 1\nproject: acme\n";

/** A folder in which one text after the other is the manifest. */
export class ManifestFile {
  private constructor(private readonly own: Folder) {}

  static async create(): Promise<ManifestFile> {
    return new ManifestFile(await Folder.create());
  }

  get folder(): string {
    return this.own.path;
  }

  write(name: string, text: string | Uint8Array): Promise<string> {
    return this.own.write(name, text);
  }

  /** Each problem without the file's name: `line:column: path: sentence`. */
  async problemsOf(text: string | Uint8Array, name = "connectors.yaml"): Promise<string[]> {
    const path = await this.write(name, text);
    const { problems } = await checkManifest(path);
    return problems.map((problem) => problem.text.slice(path.length + 1));
  }

  async read(text: string, name = "connectors.yaml"): Promise<Manifest> {
    return readManifest(await this.write(name, text));
  }

  remove(): Promise<void> {
    return this.own.remove();
  }
}
