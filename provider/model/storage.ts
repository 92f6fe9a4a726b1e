import { z } from "zod";
import { registerIdentity } from "../errors/redact.js";
import { isObject } from "./json.js";
import type { PropertyMap } from "./property-map.js";
import { bundleText, credentialText } from "./credential-text.js";
import { plainText, urlText } from "./text.js";

/** Storage in an Amazon S3 bucket, or one that speaks its protocol. */
const amazonS3 = z.strictObject({
  bucketName: plainText("Name of the bucket."),
  region: plainText("Region of the bucket, e.g. `eu-central-1`.").optional(),
  endpointOverride: urlText("URL of an S3-compatible store; leave out for Amazon's own.").optional(),
  accessKeyIdRead: credentialText("Access key id of the key pair for reading.", { pair: "secretAccessKeyRead" }),
  secretAccessKeyRead: credentialText("Secret access key of the key pair for reading.", { pair: "accessKeyIdRead" }),
  accessKeyIdWrite: credentialText("Access key id of the key pair for writing.", { pair: "secretAccessKeyWrite" }),
  secretAccessKeyWrite: credentialText("Secret access key of the key pair for writing.", { pair: "accessKeyIdWrite" }),
  credentials: bundleText(),
});

/** Storage in a container of an Azure storage account. */
const azureStorage = z.strictObject({
  containerName: plainText("Name of the container."),
  blobstoreEndpointTemplate: urlText(
    "URL of the blob store; `%s` stands for the account, e.g. `https://%s.blob.core.windows.net`.",
  ),
  accountNameRead: credentialText("Name of the account for reading.", { pair: "accountKeyRead" }),
  accountKeyRead: credentialText("Key of the account for reading.", { pair: "accountNameRead" }),
  accountNameWrite: credentialText("Name of the account for writing.", { pair: "accountKeyWrite" }),
  accountKeyWrite: credentialText("Key of the account for writing.", { pair: "accountNameWrite" }),
  credentials: bundleText(),
});

/** One row per kind of storage. `type` is the service's word for it (observed); `place` is the field that tells two storages apart. */
export const storageKinds = {
  amazonS3: {
    type: "AmazonS3",
    schema: amazonS3,
    place: "bucketName",
    summary: "Storage in an Amazon S3 bucket, or in one that speaks its protocol.",
    warning: undefined,
  },
  azureStorage: {
    type: "AzureStorage",
    schema: azureStorage,
    place: "containerName",
    summary: "Storage in an Azure container. The service documents it as not usable at present.",
    warning:
      "the service documents Azure storage as not usable at present, due to a bug in the connector; amazonS3 works",
  },
} as const;

/** A storage block's name on the resource. */
export type StorageBlock = keyof typeof storageKinds;

export const storageBlocks = Object.keys(storageKinds) as StorageBlock[];

for (const block of storageBlocks)
  for (const field of ["", ...Object.keys(storageKinds[block].schema.shape)])
    [block, field, `${block}.${field}`, storageKinds[block].type].forEach(registerIdentity);

/** The storage that is declared, if any. */
export function blockOf(inputs: PropertyMap): StorageBlock | undefined {
  return storageBlocks.find((block) => isObject(inputs[block]));
}

/** What a field's schema says of it beyond its type. */
export interface FieldMeta {
  readonly description?: string;
  /** A value that opens something: never in state, output or logs. */
  readonly credential?: boolean;
  /** A reference to all credentials of the block; never sent, and resolved before anything else looks at the block. */
  readonly bundle?: boolean;
  /** The other half of a key pair. */
  readonly pair?: string;
  /** A change of it replaces the connector. */
  readonly replaces?: boolean;
  /** A change of it means that the configuration is sent again. */
  readonly push?: boolean;
}

/** A look into zod's registry copies what it finds, and every check and diff asks for each field. */
const metas = new WeakMap<z.ZodType, FieldMeta>();

export function metaOf(schema: z.ZodType): FieldMeta {
  const known = metas.get(schema);
  if (known) return known;
  const own = schema.meta() as FieldMeta | undefined;
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : undefined;
  const meta = own?.description === undefined && inner ? metaOf(inner) : (own ?? {});
  metas.set(schema, meta);
  return meta;
}

/** The field of a block that stands for all its credentials. */
export const bundleField = "credentials";

const fields = new Map(
  storageBlocks.map((block) => {
    const all = Object.entries(storageKinds[block].schema.shape).map(([field, schema]) => ({
      field,
      ...metaOf(schema),
    }));
    const credential = all.filter((each) => each.credential === true).map(({ field }) => field);
    const plain = all.filter((each) => each.credential !== true && each.bundle !== true).map(({ field }) => field);
    return [block, { credential, plain }];
  }),
);

export function credentialFields(block: StorageBlock): readonly string[] {
  return fields.get(block)?.credential ?? [];
}

export function plainFields(block: StorageBlock): readonly string[] {
  return fields.get(block)?.plain ?? [];
}

export const allCredentialFields: ReadonlySet<string> = new Set(storageBlocks.flatMap(credentialFields));

/** Whether a type says that there is no storage (assumed: no service was seen to say so). */
export function isNoStorage(type: string): boolean {
  return type.trim().toLowerCase() === "none";
}

/** `"AmazonS3"` → `"amazonS3"`; compared without case. */
export function storageKindOf(type: string): StorageBlock | undefined {
  return storageBlocks.find((block) => storageKinds[block].type.toLowerCase() === type.trim().toLowerCase());
}
