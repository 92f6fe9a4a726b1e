import * as pulumi from "@pulumi/pulumi";
import type { Storage } from "../connectors.ts";

/** A dynamic provider that does nothing: what remains is the engine's own cost. */
export const shim = "exports.handler=()=>({create:async i=>({id:i.name,outs:i}),update:async(d,o,i)=>({outs:i})})";

export class Nothing extends pulumi.CustomResource {
  constructor(name: string, amazonS3: Storage, more: pulumi.Inputs = {}) {
    super("pulumi-nodejs:dynamic/bench:Nothing", name, { name, amazonS3, ...more, __provider: shim }, {});
  }
}

/** The values are plain: encrypting them would cost the engine more than the floor is to cost. */
export function declare(name: string, amazonS3: Storage): void {
  new Nothing(name, amazonS3);
}
