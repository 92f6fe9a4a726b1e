import { createRequire } from "node:module";

/** The package's version, e.g. `0.1.0`. */
export const { version } = createRequire(import.meta.url)("pulumi-dataspace/package.json") as { version: string };
