import fc from "fast-check";
import type { FaultScript, Interference } from "../../emulator/index.js";
import { s3 } from "../support/connectors.js";

const names = ["a", "b"] as const;

/** What a program says of one connector. */
export interface Declared {
  readonly generation: number;
  readonly region: string;
  readonly desiredStatus: "RUNNING" | "STOPPED";
  readonly onDelete: "stop" | "scrub" | "delete" | "retain";
}

/** One thing that happens; a sequence of them is a test. Plain data, so that a failing one can be kept as a file. */
export type Step =
  | { readonly do: "declare"; readonly name: string; readonly as: Declared }
  | { readonly do: "undeclare"; readonly name: string }
  | { readonly do: "interfere"; readonly name: string; readonly with: Interference }
  | { readonly do: "fault"; readonly script: FaultScript }
  | { readonly do: "up"; readonly refresh: boolean }
  | { readonly do: "refresh" };

/** The configuration of one generation; each has credentials of its own. */
export function configuration({ generation, region }: Pick<Declared, "generation" | "region">) {
  return s3({
    region,
    secretAccessKeyRead: `read-secret-${generation}`,
    secretAccessKeyWrite: `write-secret-${generation}`,
  });
}

const name = fc.constantFrom(...names);
const region = fc.constantFrom("eu-central-1", "eu-west-1");
const declared: fc.Arbitrary<Declared> = fc.record({
  generation: fc.integer({ min: 1, max: 3 }),
  region,
  desiredStatus: fc.constantFrom("RUNNING", "RUNNING", "STOPPED"),
  onDelete: fc.constantFrom("stop", "stop", "scrub", "delete", "retain"),
});
const interference: fc.Arbitrary<Interference> = fc.oneof(
  fc.record({ status: fc.constantFrom("RUNNING" as const, "STOPPED" as const, "FAILED" as const) }),
  fc.record({ remove: fc.constant(true) }),
);
const script: fc.Arbitrary<FaultScript> = fc.record({
  call: fc.constantFrom("create", "edit", "list", "get", "start", "stop", "fail", "delete"),
  nth: fc.integer({ min: 1, max: 3 }),
  times: fc.constantFrom(1, 1, 2, 6),
  do: fc.constantFrom(
    "loseAnswer" as const,
    "reset" as const,
    "stuck" as const,
    "failAtStart" as const,
    { status: 401, body: '{"detail":"expired"}' },
    { status: 409, body: '{"detail":"busy"}' },
    { status: 422, body: '{"detail":[{"loc":["body"],"msg":"no"}]}' },
    { status: 429, headers: { "retry-after": "3" } },
    { status: 500 },
    { status: 503 },
    { status: 404, body: "<html></html>" },
    { status: 200, body: "<html></html>", headers: { "content-type": "text/html" } },
  ),
});

const maybe = <T>(chance: number, step: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.oneof(
    { weight: 100 - chance, arbitrary: fc.constant<T[]>([]) },
    { weight: chance, arbitrary: step.map((one) => [one]) },
  );

const declare = fc.record({ do: fc.constant("declare" as const), name, as: declared });
const undeclare = fc.record({ do: fc.constant("undeclare" as const), name });
const interfere = fc.record({ do: fc.constant("interfere" as const), name, with: interference });
const fault = fc.record({ do: fc.constant("fault" as const), script });
const up = fc.record({ do: fc.constant("up" as const), refresh: fc.boolean() });
const refresh = fc.record({ do: fc.constant("refresh" as const) });

/** The program changes, the world changes, something goes wrong, and a run comes upon it. */
const round = fc
  .tuple(
    maybe(75, declare),
    maybe(15, undeclare),
    maybe(25, interfere),
    maybe(60, fault),
    maybe(15, fault),
    fc.oneof({ weight: 9, arbitrary: up }, { weight: 1, arbitrary: refresh }),
  )
  .map(([...parts]): Step[] => parts.flat());

export const steps: fc.Arbitrary<Step[]> = fc
  .array(round, { minLength: 1, maxLength: 5 })
  .map((rounds) => rounds.flat());
