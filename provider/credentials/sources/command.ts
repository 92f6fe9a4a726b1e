import { spawn } from "node:child_process";
import { decodeUtf8 } from "../../model/utf8.js";
import { formatDuration, parseDuration } from "../../time/duration.js";
import { after } from "../../time/timer.js";
import type { Answer } from "./source.js";
import type { SourceContext } from "./source.js";

/** Limit of a command that says nothing of it, in milliseconds. */
const defaultTimeoutMs = 30_000;
const mostBytes = 1024 * 1024;

/**
 * The command's standard output, less one line break at its end. No shell is between. What it says on standard error is never
 * shown: it may quote what it was to keep. It doesn't get the service's own token.
 */
export function readCommand(
  { command, timeout }: { readonly command: readonly string[]; readonly timeout?: string | undefined },
  { environment, folder, signal }: SourceContext,
): Promise<Answer> {
  const limitMs = (timeout === undefined ? undefined : parseDuration(timeout)) ?? defaultTimeoutMs;
  const [program = "", ...args] = command;
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const child = spawn(program, args, {
      cwd: folder,
      env: withoutTokens(environment),
      stdio: ["ignore", "pipe", "ignore"],
      // A group of its own, so that what it has started ends with it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    const end = (answer: Answer) => {
      stopTimer();
      signal.removeEventListener("abort", onAbort);
      child.stdout.destroy();
      killGroup(child.pid);
      resolve(answer);
    };
    const stopTimer = after(limitMs, () =>
      end({ problem: `did not end within ${formatDuration(limitMs)}; run it by hand, or give it a longer timeout` }),
    );
    const onAbort = () => end({ problem: "was interrupted" });
    signal.addEventListener("abort", onAbort, { once: true });
    child.once("error", (error: NodeJS.ErrnoException) =>
      end({ problem: `can't be started (${error.code ?? "unknown"}); check that it is installed and on PATH` }),
    );
    child.stdout.on("data", (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > mostBytes) end({ problem: "gives more than 1 MiB, which is too long for a credential" });
    });
    child.once("close", (code, killedBy) => {
      if (code === 0) {
        const text = decodeUtf8(Buffer.concat(chunks));
        if (text === undefined) return end({ problem: "gives bytes that are not UTF-8; have it print UTF-8" });
        return end({ text: text.replace(/\r?\n$/, "") });
      }
      end({ problem: `failed (${killedBy ?? `exit code ${code}`}); run it by hand to see why` });
    });
  });
}

function withoutTokens(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^DATASPACE_(\w+_)?(TOKEN|CLIENT_SECRET)$/.test(name)),
  );
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended already.
  }
}
