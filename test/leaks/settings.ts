import type { Credentials, TokenWay } from "./given.js";
import type { Setting } from "./world.js";

const echoes = ["absent", "masked", "clear", "nested"] as const;
const levels = ["quiet", "loud"] as const;
/** Each way to a token meets every level of noise, and every echo one of them. */
const ways: Readonly<Record<Credentials, readonly TokenWay[]>> = {
  literals: ["environment", "config", "oauth"],
  references: ["command", "file", "oauth"],
};

/** Everything with LEAKS=all; otherwise the path on which most can leak: the service echoes all, and every log is on. */
export function settingsFor(credentials: Credentials): Setting[] {
  const all = echoes.flatMap((echo, i) =>
    levels.map((level): Setting => ({
      credentials,
      echo,
      level,
      token: ways[credentials][(i + 1) % 3] ?? "environment",
    })),
  );
  if (process.env["LEAKS"] === "all") return all;
  return [{ credentials, echo: "clear", level: "loud", token: ways[credentials][0] ?? "environment" }];
}
