import * as pulumi from "@pulumi/pulumi";
import type { Storage } from "../connectors.ts";
import { Nothing } from "./bare.ts";

/** As the bare engine, with one secret as long as the salt of ours: it shows what encrypting it takes, in inputs and in outputs. */
export function declare(name: string, amazonS3: Storage): void {
  new Nothing(name, amazonS3, { salt: pulumi.secret(name.padEnd(12, "-").slice(0, 12)) });
}
