import { ways } from "../../provider/core/authentication.js";
import { variableOf } from "../../provider/core/settings.js";
import * as messages from "./messages.js";
import type { Finding } from "./messages.js";

/** `_TOKEN`, `_TOKEN_FILE`, …: how a variable ends that opens an account. */
const endings = [...ways, "clientSecret"].map((key) => variableOf(key, undefined).slice("DATASPACE".length));

/** Warns of each token and client secret in the environment that no address there binds, whatever account it is of. */
export function tokenFindings(environment: NodeJS.ProcessEnv): readonly Finding[] {
  const isSet = (name: string) => (environment[name] ?? "").trim() !== "";
  return Object.keys(environment)
    .filter((name) => name.startsWith("DATASPACE_") && isSet(name))
    .toSorted()
    .flatMap((name) => {
      const ending = endings.find((each) => name.endsWith(each));
      if (ending === undefined) return [];
      const account = name.slice(0, -ending.length);
      const beside = [`${account}_ENDPOINT`, ...(ending === "_CLIENT_SECRET" ? [`${account}_TOKEN_URL`] : [])];
      return beside.filter((each) => !isSet(each)).map((each) => messages.unbound(name, each));
    });
}
