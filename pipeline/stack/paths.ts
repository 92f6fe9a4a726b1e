import { resolve } from "node:path";
import { fromAnywhere } from "./backend.js";

/** Variables of Pulumi's, of Node's and of the stores that keep state, each of which names one file or folder. */
const variables = [
  "PULUMI_HOME",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "TMPDIR",
  "AWS_CA_BUNDLE",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "AZURE_FEDERATED_TOKEN_FILE",
  "GOOGLE_APPLICATION_CREDENTIALS",
  "PGPASSFILE",
  "PGSSLROOTCERT",
  "PGSSLCERT",
  "PGSSLKEY",
];

/** Those variables of an environment that name a place, relative to where the user stands, for an engine that runs elsewhere. */
export function absolutePaths(env: NodeJS.ProcessEnv, folder: string): Record<string, string> {
  const url = env["PULUMI_BACKEND_URL"];
  const absolute: Record<string, string> = url ? { PULUMI_BACKEND_URL: fromAnywhere(url, folder) } : {};
  for (const name of variables) {
    const path = env[name];
    if (path) absolute[name] = resolve(folder, path);
  }
  return absolute;
}
