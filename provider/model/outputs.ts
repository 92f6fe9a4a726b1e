import { z } from "zod";

/** What a connector gives back besides its inputs. */
export const outputsSchema = z.object({
  status: z.string().meta({ description: "The service's own word for what the connector is, e.g. `RUNNING`." }),
  bpn: z.string().optional().meta({ description: "Business partner number that the service gave to the connector." }),
  storageType: z
    .string()
    .optional()
    .meta({ description: "The service's word for the kind of storage, e.g. `AmazonS3`." }),
  endpoint: z.string().meta({ description: "Origin of the service that holds the connector." }),
  details: z.record(z.string(), z.unknown()).optional().meta({
    description: "What else the service says of the connector, less anything that is named like a credential.",
  }),
});
