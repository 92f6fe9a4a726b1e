import { ConnectorError } from "../../provider/errors/connector-error.js";

/** Sentences about stacks and the engine that works on them. */

export function interrupted(stack: string): ConnectorError {
  return new ConnectorError("CANCELLED", {
    headline: `The run on stack "${stack}" was interrupted.`,
    next: "Run the same command again: it continues where this run stopped.",
  });
}

export function locked(stack: string, holder: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `Stack "${stack}" is locked by another run.`,
    why: holder,
    next: `Wait for it with --wait-for-lock 10m; if that run is dead, run pulumi-dataspace unlock --stack ${stack}.`,
  });
}

export function waitingForLock(stack: string, elapsed: string): string {
  return `Stack "${stack}" is locked by another run; waiting for it (${elapsed}) …`;
}

export function stateCompressed(stack: string): string {
  return `The state of stack "${stack}" is compressed from now on. Pulumi CLIs without zstd can't read it.`;
}

/** @param flag by which it was asked for */
export function noStack(stack: string, flag = "--stack"): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `There is no stack "${stack}" in this backend.`,
    next: `Check ${flag} and PULUMI_BACKEND_URL; pulumi stack ls --all lists what there is.`,
  });
}

/** @param nearest keys that the glob may have been meant to match */
export function noMatch(flag: string, glob: string, nearest: readonly string[]): ConnectorError {
  const hint = nearest.length === 0 ? "there are no connectors" : `the nearest keys are ${nearest.join(", ")}`;
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `${flag} ${JSON.stringify(glob)} matches no connector; nothing was changed.`,
    next: `Correct ${flag}: ${hint}.`,
  });
}

export function wildcardInKey(key: string): ConnectorError {
  return new ConnectorError("SETTINGS_INVALID", {
    headline: `--only and --exclude can't be used with a connector named "${key}": Pulumi reads its * as a wildcard.`,
    next: "Rename the resource, with an alias for the old name, or run without --only and --exclude.",
  });
}

export function noLanguageHost(language: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `This Pulumi CLI has no language host for ${language}, so it can't run the project's program.`,
    next: "Install Pulumi with its language hosts (https://www.pulumi.com/docs/install), or declare the connectors in a manifest, which needs none.",
  });
}

/** @param code of the system, e.g. `ENOENT` */
export function noTemporaryFolder(folder: string, code: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `The folder for temporary files can't be used: ${folder} (${code}).`,
    next: "Set TMPDIR to a folder that exists and that you may write to.",
  });
}

export function noPulumi(why: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: "There is no usable Pulumi CLI on this machine.",
    why,
    next: "Install Pulumi 3.216 or newer (https://www.pulumi.com/docs/install) so that pulumi is on PATH.",
  });
}

export function notInstalled(folder: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `Could not find @pulumi/pulumi and pulumi-dataspace from ${folder} or from this package.`,
    next: "Run npm install pulumi-dataspace @pulumi/pulumi in the folder that you run the command in.",
  });
}

export function programNeverRan(command: string, stack: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `pulumi ${command} on stack "${stack}" ended before it ran the program: Pulumi's SDK lost the connection to the engine.`,
    next: "Run the same command again; no connector was deleted.",
  });
}

export function engineFailed(command: string, stack: string, why: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `pulumi ${command} on stack "${stack}" failed before it reached any connector.`,
    why,
    next: "Fix that; pulumi-dataspace doctor checks the CLI, the backend and the passphrase.",
  });
}

/** Sentences about fleets that are spread over several stacks. */

export function otherShards(stack: string, found: string, wanted: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `Stack "${stack}" holds shard ${found}, but the manifest declares ${wanted}; nothing was changed.`,
    next: `Set shards in the manifest back to ${found.split("/")[1] ?? found}; to change it, run pulumi-dataspace reshard --to N, which moves state and changes no connector.`,
  });
}

export function unfinishedReshard(stack: string, mark: string): ConnectorError {
  return new ConnectorError("STACK_UNUSABLE", {
    headline: `Stack "${stack}" is in the middle of a reshard (${mark}); nothing was changed.`,
    next: "Wait for it. If it was killed, run the same pulumi-dataspace reshard again: it continues where it stopped.",
  });
}
