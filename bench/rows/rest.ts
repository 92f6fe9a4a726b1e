import type { Row } from "./row.ts";

/** What people could use without writing a provider. */
export const rest: Row = {
  id: "rest",
  title: "Terraform with a generic REST provider",
  prepare: () =>
    Promise.resolve({
      missing:
        "the generic REST providers (Mastercard/restapi, magodo/restful) come from Terraform's registry, which can't be reached here; terraform-off works as they do",
    }),
};
