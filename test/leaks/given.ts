import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OAuth2Server } from "oauth2-mock-server";
import { fromCommand, fromEnv, fromFile } from "pulumi-dataspace";
import { canary, plainCanary } from "./canaries.js";

/** How the program gives its credentials. */
export type Credentials = "literals" | "references";

/** The service's token: plain, because a header holds it. */
export const token = plainCanary("token");
const clientSecret = plainCanary("client-secret");

const fields = {
  amazonS3: ["accessKeyIdRead", "secretAccessKeyRead", "accessKeyIdWrite", "secretAccessKeyWrite"],
  azureStorage: ["accountNameRead", "accountKeyRead", "accountNameWrite", "accountKeyWrite"],
} as const;

/** Every credential of a block, in one of its generations. */
export function keysOf(block: keyof typeof fields, generation: number): Record<string, string> {
  return Object.fromEntries(fields[block].map((field) => [field, canary(field, generation)]));
}

export function s3Payload(generation: number) {
  return { bucketName: "acme", region: "eu-central-1", ...keysOf("amazonS3", generation) };
}

export function azurePayload(generation: number) {
  return {
    containerName: "blue",
    blobstoreEndpointTemplate: "https://%s.blob.core.windows.net",
    ...keysOf("azureStorage", generation),
  };
}

/** What the user has outside of the program: a vault, files, variables, a token endpoint. */
export class Surroundings {
  readonly #identity = new OAuth2Server();

  private constructor(readonly folder: string) {}

  static async create(): Promise<Surroundings> {
    const surroundings = new Surroundings(await mkdtemp(join(tmpdir(), "pulumi-dataspace-vault-")));
    const identity = surroundings.#identity;
    await identity.issuer.keys.generate("RS256");
    await identity.start(0, "127.0.0.1");
    identity.service.on("beforeResponse", (response: { body: Record<string, unknown> }) => {
      response.body["access_token"] = token;
    });
    await surroundings.#write("token", token);
    return surroundings;
  }

  /** Puts this generation's values where the references lead; gives the variables for it. */
  async rotate(generation: number): Promise<Record<string, string>> {
    await this.#write("secretAccessKeyRead", canary("secretAccessKeyRead", generation));
    await this.#write(
      "blue.json",
      JSON.stringify({ data: { data: keysOf("azureStorage", generation), note: canary("note") } }),
    );
    return {
      LEAKS_READ_ID: canary("accessKeyIdRead", generation),
      LEAKS_WRITE: JSON.stringify({
        id: canary("accessKeyIdWrite", generation),
        secret: canary("secretAccessKeyWrite", generation),
      }),
    };
  }

  /** The settings of each way to a token. */
  readonly #print = (file: string): [string, ...string[]] => [
    "sh",
    "-c",
    'sleep 0.1; cat "$0"',
    join(this.folder, file),
  ];

  async ways(): Promise<Record<TokenWay, Record<string, string>>> {
    return {
      environment: { DATASPACE_TOKEN: token },
      config: {},
      file: { DATASPACE_TOKEN_FILE: join(this.folder, "token") },
      command: { DATASPACE_TOKEN_COMMAND: JSON.stringify(this.#print("token")) },
      oauth: {
        DATASPACE_TOKEN_URL: `${(this.#identity.issuer.url ?? "").replace("localhost", "127.0.0.1")}/token`,
        DATASPACE_CLIENT_ID: "pipeline",
        DATASPACE_CLIENT_SECRET: clientSecret,
      },
    };
  }

  /** Both blocks, as a program gives them. */
  blocks(given: Credentials, generation: number) {
    if (given === "literals") return { amazonS3: s3Payload(generation), azureStorage: azurePayload(generation) };
    const { containerName, blobstoreEndpointTemplate } = azurePayload(generation);
    return {
      amazonS3: {
        bucketName: "acme",
        region: "eu-central-1",
        accessKeyIdRead: fromEnv("LEAKS_READ_ID"),
        secretAccessKeyRead: fromFile(join(this.folder, "secretAccessKeyRead")),
        accessKeyIdWrite: fromEnv("LEAKS_WRITE", { key: "id" }),
        secretAccessKeyWrite: fromEnv("LEAKS_WRITE", { key: "secret" }),
      },
      azureStorage: {
        containerName,
        blobstoreEndpointTemplate,
        credentials: fromCommand(this.#print("{name}.json"), { key: "data.data" }),
      },
    };
  }

  async remove(): Promise<void> {
    await this.#identity.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text, { mode: 0o600 });
  }
}

/** How the account's token is given. */
export type TokenWay = "environment" | "config" | "file" | "command" | "oauth";

/** Variables in which the user has put a secret himself. */
export const givenVariables = ["DATASPACE_TOKEN", "DATASPACE_CLIENT_SECRET", "LEAKS_READ_ID", "LEAKS_WRITE"];
/** Those that a command of the user's own may see, too: it may need them to open the vault. */
export const givenToCommands = ["LEAKS_READ_ID", "LEAKS_WRITE"];
