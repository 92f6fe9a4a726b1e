import type { Operation } from "../results.ts";
import type { Reply } from "../rows/driver.ts";

/** Carries out what the parent process sends, one after the other, and ends with it. */
export function serve(work: (operation: Operation) => Promise<unknown>): void {
  const answer = (reply: Reply) => process.send?.(reply);
  process.on("message", (operation: Operation) => {
    const startedAt = performance.now();
    work(operation).then(
      () => answer({ seconds: (performance.now() - startedAt) / 1_000 }),
      (error: unknown) => answer({ failure: tail(error instanceof Error ? error.message : String(error)) }),
    );
  });
  process.once("disconnect", () => process.exit(0));
}

/** The driver's one argument. */
export function given<T>(): T {
  return JSON.parse(process.argv[2] ?? "{}") as T;
}

function tail(text: string): string {
  return text.trim().slice(-2_000);
}
