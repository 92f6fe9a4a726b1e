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
