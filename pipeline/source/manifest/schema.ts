import { z } from "zod";
import { connectorSchema } from "../../../provider/model/connector.js";
import { endpointProblem } from "../../../provider/core/endpoint.js";
import { metaOf } from "../../../provider/model/storage.js";
import { badKey, badProject, badShards, badVersion } from "./messages.js";
import { referenceForm } from "./reference-form.js";

const protect = z.boolean("must be true or false").optional().meta({
  description: "Prevents Pulumi from deleting or replacing the connector. Default `false`.",
});

/** What may be said of one connector, credentials as they are sent to the provider. */
export const entrySchema = connectorSchema.extend({ protect });

/** What a manifest may say besides its connectors. */
export const headSchema = z.strictObject({
  $schema: z
    .string("must be a string")
    .optional()
    .meta({ description: "Path of this schema, for editors. YAML files name it in their first line." }),
  version: z.literal(1, badVersion).meta({ description: "Version of the format: 1." }),
  project: z
    .string("must be a string")
    .regex(/^[\w.-]{1,100}$/, badProject)
    .meta({ description: "Name of the Pulumi project. `--stack` names the stack." }),
  endpoint: z
    .string("must be a string")
    .superRefine((text, context) => {
      const problem = endpointProblem(text);
      if (problem !== undefined) context.addIssue(problem);
    })
    .optional()
    .meta({
      description:
        "Base URL of the Connectors API; DATASPACE_ENDPOINT in the environment wins, and another origin than its is refused. The token never belongs in this file.",
      pattern: "^https?://",
    }),
  shards: z.int(badShards).min(1, badShards).max(1000, badShards).optional().meta({
    description: "Number of stacks that the connectors are spread over. Only `reshard` changes it. Default `1`.",
  }),
  policy: z
    .string("must be a string")
    .min(1, "is empty; give a value or leave the property out")
    .optional()
    .meta({ description: "Policy file that every change must comply with; relative to the manifest." }),
  allowPlaintextSecrets: z.boolean("must be true or false").optional().meta({
    description: "Allows plaintext credentials in this file. Default `false`.",
  }),
  defaults: z.unknown().optional(),
  connectors: z.unknown(),
});

const key = z.string().regex(/^[A-Za-z0-9][\w.-]{0,99}$/, badKey);

export function isKey(text: string): boolean {
  return key.safeParse(text).success;
}

/** An entry as it is written: credentials as objects, anything may be left out (defaults may give it), null removes. */
function written(schema: z.ZodObject): z.ZodObject {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => {
    const { credential, bundle, description } = metaOf(field);
    const inner = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : field;
    const value = bundle
      ? referenceForm
      : credential
        ? z.union([referenceForm, inner])
        : inner instanceof z.ZodObject
          ? written(inner).meta({ id: name })
          : inner;
    return [name, value.nullable().optional().meta({ description })];
  });
  return z.strictObject(Object.fromEntries(fields) as Record<string, z.ZodType>);
}

const entry = written(entrySchema);

/** The whole file, as editors and other tools should know it. */
export const manifestSchema = headSchema.extend({
  defaults: entry.omit({ name: true }).optional().meta({
    description: "Shared fields, merged field by field: the connector's own value wins, and null removes a default.",
  }),
  connectors: z.record(key, entry.nullable()).meta({
    description:
      "The connectors. Each key is the name of the Pulumi resource: another key is another resource, whatever the connector's name.",
  }),
});
