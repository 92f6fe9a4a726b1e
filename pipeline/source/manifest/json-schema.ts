import { z } from "zod";
import { isObject } from "../../../provider/model/json.js";
import { credentialFields, storageBlocks } from "../../../provider/model/storage.js";
import { manifestSchema } from "./schema.js";

type Json = Record<string, unknown>;

/** JSON Schema (2020-12) of a manifest, for editors and other tools. */
export function manifestJsonSchema(): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(manifestSchema, {
    io: "input",
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // What the schemas say to us alone.
      for (const mark of ["credential", "bundle", "pair", "replaces", "push", "id"]) delete jsonSchema[mark];
    },
  }) as Json & { $defs: Json };
  return tidied({
    $schema,
    title: "Connectors of a dataspace, for pulumi-dataspace",
    ...rest,
    ...credentialsOnlyAsReferences,
    $defs: { ...$defs, withoutPlaintext },
  }) as Json;
}

const withoutPlaintext = {
  type: ["object", "null"],
  properties: Object.fromEntries(
    storageBlocks.map((block) => [
      block,
      {
        type: ["object", "null"],
        properties: Object.fromEntries(credentialFields(block).map((field) => [field, { type: ["object", "null"] }])),
      },
    ]),
  ),
};

const ref = { $ref: "#/$defs/withoutPlaintext" };

/** A credential in clear is no value where the file doesn't allow it. */
const credentialsOnlyAsReferences = {
  if: { required: ["allowPlaintextSecrets"], properties: { allowPlaintextSecrets: { const: true } } },
  else: { properties: { defaults: ref, connectors: { type: "object", additionalProperties: ref } } },
};

/** The same, said shorter: no choice within a choice, no second description, `null` as one more type or word. */
function tidied(schema: unknown, around?: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((each) => tidied(each, around));
  if (!isObject(schema)) return schema;
  const said = schema["description"] ?? around;
  const { anyOf, ...rest } = Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => key !== "description" || value !== around)
      .map(([key, value]) => [key, tidied(value, key === "anyOf" ? said : undefined)]),
  );
  return Array.isArray(anyOf) ? { ...rest, ...choice((anyOf as Json[]).flatMap(choicesIn)) } : rest;
}

function choicesIn(schema: Json): Json[] {
  const { anyOf, ...rest } = schema;
  return Array.isArray(anyOf) && Object.keys(rest).length === 0 ? (anyOf as Json[]) : [schema];
}

/** Of one schema and `null`: that schema with one more type. */
function choice(schemas: Json[]): Json {
  const [first = {}, second = {}] = schemas;
  if (schemas.length !== 2 || second["type"] !== "null" || first["type"] === undefined) return { anyOf: schemas };
  const words: unknown = first["enum"];
  return {
    ...first,
    type: [first["type"], "null"].flat(),
    ...(Array.isArray(words) ? { enum: [...(words as unknown[]), null] } : {}),
  };
}
