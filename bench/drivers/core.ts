/** The provider's own process without the engine: what it does in a no-op up (checks), and many creates at once. */
import { provider } from "pulumi-dataspace/dynamic-runtime";
import { namesOf, storageOf } from "../connectors.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

const { n } = given<Site>();
const checked: unknown[] = [];

serve(async (operation) => {
  if (operation === "again") return checkAll();
  await Promise.all(checked.map((inputs) => provider.create(inputs)));
});

/** One after the other, as the engine asks. */
async function checkAll(): Promise<void> {
  for (const name of namesOf(n)) {
    const declared = { __provider: "exports.handler=()=>0", salt: "", name, amazonS3: storageOf(name, 0) };
    const { inputs, failures = [] } = (await provider.check?.({}, declared)) ?? {};
    if (!inputs || failures.length > 0) throw new Error(`${name} was refused`);
    checked.push(inputs);
  }
}
