import { describe } from "vitest";
import { backendTests } from "../support/backend-tests.js";
import { s3Program, startS3 } from "../support/s3-server.js";

const { program, missing } = await s3Program();
if (program === undefined) console.warn(`State on S3 is not tested here: ${missing}.`);

describe.skipIf(program === undefined)("state on S3", () => {
  backendTests(() => startS3(program ?? ""));
});
