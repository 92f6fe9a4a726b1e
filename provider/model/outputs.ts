import { z } from "zod";

/** One row per output that is a text of the service's, under the service's own name. */
const reported = {
  bpn: z.string().optional().meta({ description: "Business partner number that the service gave to the connector." }),
  storageType: z
    .string()
    .optional()
    .meta({ description: "The service's word for the kind of storage, e.g. `AmazonS3`." }),
};

/**
 * A connector's outputs besides its inputs: the service's known words. What else it says stays out of state: nobody knows
 * what it holds.
 */
export const outputsSchema = z.object({
  status: z.string().meta({ description: "The service's word for the connector's status, e.g. `RUNNING`." }),
  ...reported,
  endpoint: z.string().meta({
    description: "Base URL of the service that holds the connector, e.g. `https://dataspace.example/backend`.",
  }),
});

export type ReportedOutputs = { readonly [Name in keyof typeof reported]?: string };

export const reportedNames = Object.keys(reported) as (keyof ReportedOutputs)[];

/** The reported outputs, and no other property. */
export function reportedIn(from: ReportedOutputs | undefined): ReportedOutputs {
  const entries = reportedNames.map((name) => [name, from?.[name]] as const);
  return Object.fromEntries(entries.filter(([, text]) => text !== undefined));
}
