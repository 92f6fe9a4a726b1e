import type { Verb } from "../errors/messages/lifecycle.js";
import type { Caller } from "../errors/messages/request.js";
import { failureOf } from "../lifecycle/request-failure.js";
import type { Core } from "./core.js";

/** Does some work with a core and closes it. A failed request becomes an error that says what could not be done. */
export async function withCore<T>(
  core: Core,
  { verb, name, caller }: { readonly verb: Verb; readonly name?: string | undefined; readonly caller?: Caller },
  work: (core: Core) => Promise<T>,
): Promise<T> {
  try {
    return await work(core);
  } catch (error) {
    throw failureOf(error, verb, name, caller);
  } finally {
    await core.close();
  }
}
