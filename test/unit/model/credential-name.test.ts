import { expect, test } from "vitest";
import { isCredentialName } from "../../../provider/model/credential-name.js";
import { plainFields, storageBlocks } from "../../../provider/model/storage.js";
import { reportedNames } from "../../../provider/model/outputs.js";

// prettier-ignore
test.each([
  "secretAccessKeyRead", "password_write", "access-key", "ACCOUNT_NAME", "accountKeyRead", "username", "tokens",
  "apiKey", "api_key", "APIKEY", "x-api-key", "connectionString", "connection_string", "CONNECTION STRING",
  "sas", "SAS", "sasUrl", "SASToken", "blob_sas", "sasuri", "sas2", "key", "primaryKey", "Key1", "sharedkey",
  "pwd", "dbPassphrase", "clientSecret", "Authorization", "bearer", "privateKeyPem", "ｐａｓｓｗｏｒｄ", "sig",
])("%s is named like a credential", (name) => {
  expect(isCredentialName(name)).toBe(true);
});

// prettier-ignore
test.each([
  ...storageBlocks.flatMap(plainFields),
  ...reportedNames,
  "status", "storage_config", "errorDetail", "message", "disaster", "monkey", "keyboard", "createdAt", "spinning",
  "version", "authorized", "signal", "data", "meta", "name", "location", "path", "pattern",
])("%s is not", (name) => {
  expect(isCredentialName(name)).toBe(false);
});
