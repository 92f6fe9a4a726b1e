/** The provider's own process without the engine: many creates at once, as the engine asks for them. */
import { provider } from "pulumi-dataspace/dynamic-runtime";
import { namesOf, storageOf } from "../connectors.ts";
import type { Site } from "../rows/row.ts";
import { given, serve } from "./serve.ts";

const { n } = given<Site>();

serve(async () => {
  await Promise.all(
    namesOf(n).map(async (name) => {
      const declared = { __provider: "exports.handler=()=>0", salt: "", name, amazonS3: storageOf(name, 0) };
      const checked = await provider.check?.({}, declared);
      if (!checked?.inputs || (checked.failures ?? []).length > 0) throw new Error(`${name} was refused`);
      await provider.create(checked.inputs);
    }),
  );
});
