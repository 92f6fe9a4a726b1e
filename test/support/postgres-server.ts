import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BackendServer } from "./backend-tests.js";
import { freePort } from "./free-port.js";

const installs = "/usr/lib/postgresql";

/** The folder with the newest server's programs, or what to install. */
export function postgresPrograms(): { folder: string } | { missing: string } {
  const versions = existsSync(installs) ? readdirSync(installs).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folder = versions
    .map((version) => join(installs, version, "bin"))
    .find((bin) => existsSync(join(bin, "initdb")));
  return folder === undefined
    ? { missing: `There is no PostgreSQL server in ${installs}. Next: apt-get install postgresql, and run this again.` }
    : { folder };
}

/** A PostgreSQL server on this machine, in a folder of its own. As root it runs as the user that the package has made. */
export async function startPostgres(programs: string): Promise<BackendServer> {
  const folder = await mkdtemp(join(tmpdir(), "pulumi-dataspace-postgres-"));
  const [data, port] = [join(folder, "data"), await freePort()];
  const user = process.getuid?.() === 0 ? packageUser() : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const options = { ...user, cwd: folder, stdio: "ignore" as const };
  execFileSync(join(programs, "initdb"), ["-D", data, "-U", "tests", "--auth", "trust", "--no-sync"], options);
  const server = spawn(
    join(programs, "postgres"),
    [
      "-D",
      data,
      "-p",
      String(port),
      "-c",
      "listen_addresses=127.0.0.1",
      "-c",
      "unix_socket_directories=",
      "-c",
      "fsync=off",
    ],
    options,
  );
  const ended = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  for (let tries = 0; !isReady(programs, port); tries++) {
    if (tries > 100 || server.exitCode !== null)
      throw new Error(`the PostgreSQL server in ${programs} does not answer`);
    await sleep(100);
  }
  let count = 0;
  return {
    space: () =>
      Promise.resolve({
        PULUMI_BACKEND_URL: `postgres://tests@127.0.0.1:${port}/postgres?sslmode=disable&table=state_${++count}`,
      }),
    async stop() {
      server.kill("SIGINT");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The server refuses to run as root. */
function packageUser(): { uid: number; gid: number } {
  const id = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

function isReady(programs: string, port: number): boolean {
  try {
    execFileSync(join(programs, "pg_isready"), ["-q", "-h", "127.0.0.1", "-p", String(port)]);
    return true;
  } catch {
    return false;
  }
}
