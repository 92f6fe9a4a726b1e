import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
// @ts-expect-error -- tools are plain JavaScript: some of them run before anything is installed
import { findVersitygw } from "../../tools/versitygw.mjs";
import type { BackendServer } from "./backend-tests.js";
import { freePort } from "./free-port.js";

const key = { id: "root-of-tests", secret: "root-secret-of-tests" };

/** Where the S3 server's program is, or why there is none. */
export function s3Program(): Promise<{ program?: string; missing?: string }> {
  return (findVersitygw as () => Promise<{ program?: string; missing?: string }>)();
}

/** A real S3-compatible server on this machine, with its buckets in a folder of its own. */
export async function startS3(program: string): Promise<BackendServer> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-s3-"));
  const [port, buckets, iam, sidecar] = [
    await freePort(),
    ...["buckets", "iam", "sidecar"].map((n) => join(folder, n)),
  ];
  for (const each of [buckets, iam, sidecar]) await mkdir(String(each));
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn(
    program,
    [
      "--port",
      `127.0.0.1:${port}`,
      "--access",
      key.id,
      "--secret",
      key.secret,
      "--iam-dir",
      String(iam),
      "--quiet",
    ].concat(["--health", "/health", "posix", "--sidecar", String(sidecar), String(buckets)]),
    { stdio: "ignore" },
  );
  for (let tries = 0; !(await answers(`${endpoint}/health`)); tries++) {
    if (tries > 100 || server.exitCode !== null) throw new Error(`the S3 server (${program}) does not answer`);
    await sleep(100);
  }
  let count = 0;
  return {
    async space() {
      const bucket = `state-${++count}`;
      // The server takes every folder for a bucket.
      await mkdir(join(String(buckets), bucket));
      return {
        PULUMI_BACKEND_URL: `s3://${bucket}?endpoint=${endpoint}&use_path_style=true&region=us-east-1`,
        AWS_ACCESS_KEY_ID: key.id,
        AWS_SECRET_ACCESS_KEY: key.secret,
        AWS_REGION: "us-east-1",
      };
    },
    async stop() {
      server.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
