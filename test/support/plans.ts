import type { DeclaredConnector, Plan, PlannedConnector } from "../../pipeline/index.js";

/** A planned connector: `acme` is called `acme-edc` at the service, RUNNING, and stays so. */
export function planned(key: string, parts: Partial<PlannedConnector> = {}): PlannedConnector {
  return {
    key,
    urn: `urn:pulumi:prod::fleet::pulumi-nodejs:dynamic/dataspace:Connector::${key}`,
    name: `${key}-edc`,
    effects: ["edit", "restart"],
    fields: [{ path: "amazonS3.region", credential: false, from: "eu-central-1", to: "eu-west-1" }],
    status: "RUNNING",
    becomes: "RUNNING",
    restarts: 1,
    ...parts,
  };
}

export function declared(key: string, parts: Partial<DeclaredConnector> = {}): DeclaredConnector {
  return { key, name: `${key}-edc`, protect: true, literalCredentials: [], ...parts };
}

/** A plan of stack `prod`. Every planned connector that isn't destroyed is declared, and as many others as `unchanged` says. */
export function planOf(
  connectors: readonly PlannedConnector[],
  { unchanged = 0, ...parts }: Partial<Plan> & { readonly unchanged?: number } = {},
): Plan {
  return {
    stack: "prod",
    connectors,
    declared: [
      ...connectors
        .filter(({ effects }) => !effects.includes("destroy"))
        .map(({ key, name }) => declared(key, { name })),
      ...Array.from({ length: unchanged }, (_, index) => declared(`same-${index + 1}`)),
    ],
    others: [],
    stateVersion: "17",
    endpoints: [{ endpoint: "https://dataspace.example/backend" }],
    ...parts,
  };
}
