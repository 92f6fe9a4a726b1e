import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { linesWithCanaries } from "./canaries.js";

/** Reads all that lies in a folder again and again while a run is under way: files that it takes away again, too. */
export class FileWatch {
  readonly #found = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  /** Lines of the SDK's own debug log. */
  readonly sdkLines: string[] = [];
  /** How many looks there were: none would prove nothing. */
  looks = 0;

  constructor(private readonly folder: string) {}

  start(): void {
    this.#timer = setInterval(() => this.#look(), 50);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  get text(): string {
    return [...this.#found].join("\n");
  }

  #look(): void {
    this.looks++;
    for (const file of filesBelow(this.folder)) {
      const path = relative(this.folder, file);
      const text = readOr(file);
      for (const line of linesWithCanaries(text)) this.#found.add(`${path}: ${line}`);
      // The Automation API's own event log holds them while a run is under way, for its owner alone.
      if (!path.includes("automation-logs") && text.includes("RegisterResource RPC")) this.sdkLines.push(path);
    }
  }
}

/** A folder that is taken away meanwhile has no files; Node's own recursion would end at it. */
function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
  } catch {
    return [];
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // Taken away meanwhile.
    return "";
  }
}
