import type { AmazonS3Args } from "../../generated/args.js";

/** A complete S3 block; what differs from test to test is given. */
export function s3(fields: Partial<Record<keyof AmazonS3Args, string>> = {}) {
  return {
    bucketName: "acme",
    region: "eu-central-1",
    accessKeyIdRead: "read-key-id",
    secretAccessKeyRead: "read-secret-1",
    accessKeyIdWrite: "write-key-id",
    secretAccessKeyWrite: "write-secret-1",
    ...fields,
  };
}

/** Every option of a connector besides its name, its storage and where its credentials come from. */
export const everyOption = {
  desiredStatus: "STOPPED",
  onExisting: "adopt",
  onDelete: "scrub",
  settle: "1m30s",
  stuckAfter: "90s",
  timeouts: { create: "15m", update: "1h", delete: "500ms" },
  credentialsVersion: 3,
  account: "b",
} as const;
