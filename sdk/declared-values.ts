import * as pulumi from "@pulumi/pulumi";

/** Credentials that this program has declared, as far as they are known: what it looks up must not show them. */
export const declaredValues = new Set<string>();

/** The credential itself, whose value is in {@link declaredValues} once it is known. */
export function remembered(credential: unknown): unknown {
  if (typeof credential === "string") declaredValues.add(credential);
  else if (pulumi.Output.isInstance(credential) || credential instanceof Promise)
    return pulumi.output(credential).apply(remembered);
  return credential;
}
