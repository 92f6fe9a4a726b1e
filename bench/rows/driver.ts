import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Operation } from "../results.ts";

/** What a driver answers to an operation. */
export type Reply = { readonly seconds: number } | { readonly failure: string };

/** A process of its own that carries out operations, so that no row warms up another one's code. */
export class Driver {
  readonly #child: ChildProcess;

  /** @param file in `drivers/` @param site its one argument */
  constructor(file: string, site: unknown, env: NodeJS.ProcessEnv = {}) {
    const path = fileURLToPath(new URL(`../drivers/${file}`, import.meta.url));
    this.#child = fork(path, [JSON.stringify(site)], { env: { ...process.env, ...env } });
  }

  run(operation: Operation, signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      const onEnd = (code: number | null) => reject(new Error(`the driver ended (${code ?? "killed"})`));
      const onAbort = () => (this.#child.kill("SIGKILL"), reject(signal.reason as Error));
      this.#child.once("exit", onEnd);
      signal.addEventListener("abort", onAbort, { once: true });
      this.#child.once("message", (reply: Reply) => {
        this.#child.off("exit", onEnd);
        signal.removeEventListener("abort", onAbort);
        if ("failure" in reply) reject(new Error(reply.failure));
        else resolve(reply.seconds);
      });
      this.#child.send(operation);
    });
  }

  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.disconnect();
    await ended;
  }
}
