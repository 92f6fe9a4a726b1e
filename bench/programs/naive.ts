import * as pulumi from "@pulumi/pulumi";
import type { Storage } from "../connectors.ts";
import { Connector } from "../peers/naive/connector.ts";

export function declare(name: string, amazonS3: Storage): void {
  new Connector(name, {
    name,
    bucketName: amazonS3.bucketName,
    region: amazonS3.region,
    accessKeyIdRead: pulumi.secret(amazonS3.accessKeyIdRead),
    secretAccessKeyRead: pulumi.secret(amazonS3.secretAccessKeyRead),
    accessKeyIdWrite: pulumi.secret(amazonS3.accessKeyIdWrite),
    secretAccessKeyWrite: pulumi.secret(amazonS3.secretAccessKeyWrite),
  });
}
