/** Loaded into every Node process of a run: a defect breaks out as soon as the provider has sent an edit. */
import { subscribe } from "node:diagnostics_channel";

subscribe("undici:request:bodySent", ({ request }) => {
  if (request.method !== "PUT") return;
  setTimeout(() => {
    throw new Error("a defect");
  });
});
