import { approvedOf, type Approval, type ApprovedConnector, type ApprovedPlan } from "./approval.js";
import { effectWords } from "./effect-words.js";
import type { Effect, Plan } from "./plan.js";

/**
 * What differs between what was approved and what would happen now: a clause each, which names the connector, or the stack.
 * None: the world has not moved. Stacks that were approved and are not in `plans` are left to the run that has them.
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
    ...connectors,
    ...removed.map((other) => `${other}: was to happen, now doesn't`),
    ...added.map((other) => `${other}: was not to happen, now does`),
    ...(approved.stateVersion === plan.stateVersion
      ? []
      : [
          `${plan.stack}: state has changed since the approval (${approved.stateVersion} when approved, ${plan.stateVersion} now)`,
        ]),
  ];
}

function connectorDifferences(before: ApprovedConnector | undefined, now: ApprovedConnector | undefined): string[] {
  if (!before) return now ? [`nothing was to happen to it, now it ${happening(now, "present")}`] : [];
  if (!now) return [`was to ${happening(before, "infinitive")}, now nothing happens to it`];
  const added = now.effects.filter((effect) => !before.effects.includes(effect));
  const kept = before.effects.every((effect) => now.effects.includes(effect));
  const observed = (status = "absent") => status;
  return [
    ...(before.name === now.name ? [] : [`named ${before.name} when approved, ${now.name} now`]),
    ...(kept && added.length === 0
      ? []
      : [
          `was to ${happening(before, "infinitive")}, now ${kept ? `also ${happening({ ...now, effects: added }, "present")}` : happening(now, "present")}`,
        ]),
    ...fieldDifferences(before, now, kept),
    ...(kept && added.length === 0 && before.restarts !== now.restarts
      ? [`was to restart ${times(before.restarts)}, now ${times(now.restarts)}`]
      : []),
    ...(before.becomes === now.becomes ? [] : [`was to end ${before.becomes}, now ${now.becomes}`]),
    ...(before.status === now.status
      ? []
      : [`observed ${observed(before.status)} when approved, ${observed(now.status)} now`]),
  ];
}

/** @param kept what was to happen still does; else the clause on the effects has named the fields. */
function fieldDifferences(before: ApprovedConnector, now: ApprovedConnector, kept: boolean): string[] {
  return [...new Set([...before.fields, ...now.fields].map(({ path }) => path))].flatMap((path) => {
    const approved = before.fields.find((field) => field.path === path);
    const current = now.fields.find((field) => field.path === path);
    if (approved && current) {
      const same = approved.change === current.change && approved.credential === current.credential;
      return same ? [] : [`${path} was to change otherwise`];
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
