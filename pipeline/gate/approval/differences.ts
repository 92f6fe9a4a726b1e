import { approvedOf, type Approval, type ApprovedConnector, type ApprovedPlan } from "./approval.js";
import { effectWords } from "../../run/words.js";
import type { Effect, Plan } from "../../run/plan.js";

/**
 * The differences between an approval and plans made later: one clause each, which names the connector or the stack. Approved
 * stacks without a plan in `plans` are ignored: another run has them.
 */
export function compareWithApproval(approval: Approval, plans: readonly Plan[]): string[] {
  return plans.flatMap((plan) => {
    const approved = approval.plans.find(({ stack }) => stack === plan.stack);
    return approved ? planDifferences(approved, plan) : [`${plan.stack}: this stack is not in the approval`];
  });
}

function planDifferences(approved: ApprovedPlan, plan: Plan): string[] {
  const now = new Map(plan.connectors.map((connector) => [connector.key, approvedOf(connector)]));
  const before = new Map(approved.connectors.map((connector) => [connector.key, connector]));
  const connectors = [...new Set([...before.keys(), ...now.keys()])].flatMap((key) =>
    connectorDifferences(before.get(key), now.get(key)).map((clause) => `${key}: ${clause}`),
  );
  const added = plan.others.filter((other) => !approved.others.includes(other));
  const removed = approved.others.filter((other) => !plan.others.includes(other));
  return [
    ...endpointDifferences(approved, plan),
    ...connectors,
    ...removed.map((other) => `${other}: was to happen, now does not`),
    ...added.map((other) => `${other}: was not to happen, now does`),
    ...when(
      approved.stateVersion !== plan.stateVersion,
      `${plan.stack}: state has changed since the approval (${approved.stateVersion} when approved, ${plan.stateVersion} now)`,
    ),
  ];
}

function endpointDifferences(approved: ApprovedPlan, plan: Plan): string[] {
  const [before, now] = [approved, plan].map(
    ({ endpoints }) => new Map(endpoints.map(({ account, endpoint }) => [account, endpoint])),
  );
  return [...new Set([...(before?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((account) => {
    const [was, is] = [before?.get(account), now?.get(account)];
    const of = account === undefined ? "the endpoint" : `account ${account}`;
    return when(
      was !== is,
      `${plan.stack}: ${of} was ${was ?? "not asked"} when approved, is ${is ?? "not asked"} now`,
    );
  });
}

function connectorDifferences(before: ApprovedConnector | undefined, now: ApprovedConnector | undefined): string[] {
  // A connector whose credentials were not checked is in the plan even if nothing happens to it.
  if (!before) return now?.effects.length ? [`nothing was to happen to it, now it ${happening(now, "present")}`] : [];
  const was = `was to ${happening(before, "infinitive")}`;
  if (!now) return before.effects.length > 0 ? [`${was}, now nothing happens to it`] : [];
  const kept = before.effects.every((effect) => now.effects.includes(effect));
  const added = now.effects.filter((effect) => !before.effects.includes(effect));
  const sameEffects = kept && added.length === 0;
  const also = kept && before.effects.length > 0;
  const { status: seenBefore = "absent" } = before;
  const { status: seenNow = "absent" } = now;
  return [
    when(before.name !== now.name, `named ${before.name} when approved, ${now.name} now`),
    when(!sameEffects && also, `${was}, now also ${happening({ ...now, effects: added }, "present")}`),
    when(!sameEffects && !also, `${was}, now ${happening(now, "present")}`),
    fieldDifferences(before, now, kept),
    when(
      sameEffects && before.restarts !== now.restarts,
      `was to restart ${times(before.restarts)}, now ${times(now.restarts)}`,
    ),
    when(before.becomes !== now.becomes, `was to end ${before.becomes}, now ${now.becomes}`),
    when(seenBefore !== seenNow, `observed ${seenBefore} when approved, ${seenNow} now`),
  ].flat();
}

function when(differs: boolean, clause: string): string[] {
  return differs ? [clause] : [];
}

/** @param kept the approved effects still apply; if not, the clause on the effects has named the fields */
function fieldDifferences(before: ApprovedConnector, now: ApprovedConnector, kept: boolean): string[] {
  return [...new Set([...before.fields, ...now.fields].map(({ path }) => path))].flatMap((path) => {
    const approved = before.fields.find((field) => field.path === path);
    const current = now.fields.find((field) => field.path === path);
    if (approved && current) {
      const same = approved.change === current.change && approved.credential === current.credential;
      return same ? [] : [`${path} was to change differently`];
    }
    if (!kept) return [];
    if (approved) return [`${path} was to change, now doesn't`];
    return before.notChecked && current?.credential
      ? [`${path} changes, and was not checked when approved (--no-credentials)`]
      : [`${path} was not to change, now does`];
  });
}

/** `be edited (amazonS3.region) and restart`. */
function happening({ effects, fields }: ApprovedConnector, form: "present" | "infinitive"): string {
  if (effects.length === 0) return form === "present" ? "stays as it is" : "stay as it is";
  const named = effects.find((effect) => effect === "edit" || effect === "replace");
  const words = effects.map((effect) => {
    const word = isEffect(effect) ? effectWords[effect][form] : effect;
    return effect === named && fields.length > 0 ? `${word} (${fields.map(({ path }) => path).join(", ")})` : word;
  });
  return words.join(" and ");
}

function isEffect(word: string): word is Effect {
  return Object.hasOwn(effectWords, word);
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}
