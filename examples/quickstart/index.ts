import * as pulumi from "@pulumi/pulumi";
import { Connector } from "pulumi-dataspace";

const config = new pulumi.Config("quickstart");

// With storage in S3. Both key pairs come from the stack's config, which encrypts them. They are never stored in state.
const acme = new Connector("acme", {
  amazonS3: {
    bucketName: config.get("bucketName") ?? "acme-data",
    region: config.get("region") ?? "eu-central-1",
    accessKeyIdRead: config.requireSecret("accessKeyIdRead"),
    secretAccessKeyRead: config.requireSecret("secretAccessKeyRead"),
    accessKeyIdWrite: config.requireSecret("accessKeyIdWrite"),
    secretAccessKeyWrite: config.requireSecret("secretAccessKeyWrite"),
  },
  stuckAfter: config.get("stuckAfter") ?? "5m",
});

// Without storage.
const plain = new Connector("acme-plain");

// Created but not running.
const archive = new Connector("acme-archive", { desiredStatus: "STOPPED" });

export const statuses = { acme: acme.status, plain: plain.status, archive: archive.status };
