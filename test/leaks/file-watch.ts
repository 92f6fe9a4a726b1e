import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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
    for (const path of readdirSync(this.folder, { recursive: true, encoding: "utf8" })) {
      const text = readOr(join(this.folder, path));
      for (const line of linesWithCanaries(text)) this.#found.add(`${path}: ${line}`);
      // The Automation API's own event log holds them while a run is under way, for its owner alone.
      if (!path.includes("automation-logs") && text.includes("RegisterResource RPC")) this.sdkLines.push(path);
    }
  }
}

function readOr(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // A folder, or taken away meanwhile.
    return "";
  }
}
