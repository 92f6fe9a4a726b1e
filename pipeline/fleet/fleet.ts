import { type Manifest } from "../source/manifest/manifest.js";
import { noManifest, noSuchShard } from "./messages.js";
import { openPolicy, type GatedOptions } from "../gate/gate.js";
import type { Plan } from "../run/plan.js";
import { printable } from "../run/printable.js";
import { reportOf, type Report, type Violation } from "../run/report.js";
import { Run } from "../run/run.js";
import type { StackOptions } from "../stack/stack-options.js";
import { variableOf } from "../../provider/core/settings.js";
import { Semaphore } from "../../provider/api/limits.js";
import { parseShard, shardsOf, stackOf, type Shard } from "../source/shard.js";
import { Barrier } from "./barrier.js";
import { readManifest } from "../source/manifest/read.js";
import { withService } from "../service/service.js";

/** Which of a fleet's stacks a command runs on. */
export interface FleetOptions {
  /** One stack, e.g. `3/16`. Limits are divided as if all ran at the same time. Default: all stacks. */
  readonly shard?: string;
  /** How many run at the same time. @default 1 */
  readonly stacksAtOnce?: number;
}

type Confirm = (plans: readonly Plan[]) => Promise<boolean>;
type Verb<O extends StackOptions> = (options: O) => Run<Report>;

/**
 * Runs a command on every stack of a fleet; a program and a manifest with one shard have one stack. The policy checks all their
 * plans together, and the user is asked once. Resolves to a report per stack, in order. To run one alone again, use `shard`.
 */
export function overFleet<O extends GatedOptions & { readonly confirm?: Confirm }>(
  verb: Verb<O>,
  options: O,
  { shard, stacksAtOnce = 1 }: FleetOptions = {},
): Run<readonly Report[]> {
  return new Run(async (emit) => {
    const manifest = "manifest" in options.source ? await readManifest(options.source.manifest) : undefined;
    if (shard !== undefined && !manifest) throw noManifest;
    const read: O = { ...options, ...(manifest ? { manifest } : {}) };
    const members = membersOf(manifest, shard);
    if (members.length === 1 && members[0]?.count === 1) return [await follow(verb(read), emit)];
    const simultaneous = shard === undefined ? Math.min(stacksAtOnce, members.length) : (members[0]?.count ?? 1);
    const env = { ...options.env, ...(await limitsFor(simultaneous, manifest, options)) };
    const engines = new Semaphore(stacksAtOnce);
    const policy = await openPolicy(options, manifest?.policy);
    const gate = new Barrier<Plan, readonly Violation[]>(members, (plans) =>
      Promise.resolve(policy.violations(plans, manifest?.connectors.length)),
    );
    const unhealthy = { total: 0 };
    const { confirm } = options;
    const agreement = confirm && new Barrier<Plan, boolean>(members, confirm);
    const startedAt = Date.now();
    return Promise.all(
      members.map(async (member) => {
        const stack = stackOf(options.stack, member.index);
        const run = verb({
          ...read,
          stack,
          shard: member,
          siblings: siblingsOf(options.stack, member),
          env,
          engines,
          fleet: {
            gate: (plan) => gate.arrive(member, plan),
            gateAgain: (plan) => policy.violations([plan], manifest?.connectors.length),
            unhealthy,
          },
          ...(agreement ? { confirm: ([plan]: readonly [Plan]) => agreement.arrive(member, plan) } : {}),
        });
        try {
          return await follow(run, emit);
        } catch (error) {
          // The other stacks finish, and a defect in this one doesn't lose their reports.
          return reportOf(verb.name, startedAt, 1, { stack, errors: [printable(error)] });
        } finally {
          gate.withdraw(member);
          agreement?.withdraw(member);
        }
      }),
    );
  });
}

async function follow<T>(run: Run<T>, emit: (event: never) => void): Promise<T> {
  for await (const event of run) emit(event as never);
  return run;
}

function membersOf(manifest: Manifest | undefined, shard: string | undefined): Shard[] {
  const count = manifest?.shards ?? 1;
  if (shard === undefined) return shardsOf(count);
  const one = parseShard(shard);
  if (one?.count !== count) throw noSuchShard(shard, count);
  return [one];
}

/** The fleet's other stacks, whose connectors count as managed. */
function siblingsOf(base: string, { index, count }: Shard): string[] {
  return shardsOf(count)
    .filter((each) => each.index !== index)
    .map((each) => stackOf(base, each.index));
}

/** One stack's share of each account's limits while several stacks run at the same time. */
async function limitsFor(
  simultaneous: number,
  manifest: Manifest | undefined,
  { env, signal }: StackOptions,
): Promise<Record<string, string>> {
  if (simultaneous === 1) return {};
  const accounts = new Set(manifest?.connectors.map(({ args }) => args.account as string | undefined));
  const service = { endpoint: manifest?.endpoint, env, signal };
  return withService(service, { verb: "list" }, ({ accountNamed }) => {
    const shares = [...accounts].flatMap((account) => {
      const { settings } = accountNamed(account);
      return dividedLimits.flatMap((limit) => {
        const whole = settings[limit];
        const share = whole === undefined ? undefined : String(Math.max(1, Math.floor(whole / simultaneous)));
        return share === undefined ? [] : [[variableOf(limit, account), share] as const];
      });
    });
    return Promise.resolve(Object.fromEntries(shares));
  });
}

const dividedLimits = ["maxConcurrency", "maxRequestsPerSecond", "maxRestartsAtOnce"] as const;
