import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** The text of the JSON Schema that the package ships as `connectors.schema.json`. */
export function manifestSchemaText(): string {
  return readFileSync(createRequire(import.meta.url).resolve("pulumi-dataspace/connectors.schema.json"), "utf8");
}
