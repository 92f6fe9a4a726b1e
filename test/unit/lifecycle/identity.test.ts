import { describe, expect, test } from "vitest";
import { cameFromPost } from "../../../provider/lifecycle/our-post.js";
import { isSameStorage } from "../../../provider/lifecycle/matches.js";
import { nextStep } from "../../../provider/lifecycle/next-step.js";
import type { OnExisting } from "../../../provider/lifecycle/situation.js";
import type { ObservedConnector, StoragePayload } from "../../../provider/model/observed-connector.js";
import { s3 } from "../../support/connectors.js";
import { create } from "./foretold.js";
import { record, situation, written } from "./situations.js";

type Echo = Partial<Pick<ObservedConnector, "storageType" | "storage">>;

const echoing = (echo: Echo, status = "STOPPED", kind: ObservedConnector["kind"] = "stopped"): ObservedConnector => ({
  status,
  kind,
  storage: {},
  details: { anything: "else" },
  ...echo,
});
const place = { bucketName: "acme", region: "eu-central-1" };
const same: Echo = { storageType: "AmazonS3", storage: place };
const elsewhere = { endpointOverride: "https://minio.example" };
const s3Payload: StoragePayload = { block: "amazonS3", fields: s3() };
const azurePayload: StoragePayload = {
  block: "azureStorage",
  fields: { containerName: "acme", blobstoreEndpointTemplate: "https://%s.example" },
};

describe("the same storage is positively named as such", () => {
  const rows: [name: string, echo: Echo, payload: StoragePayload | undefined, isSame: boolean][] = [
    ["type and every field", same, s3Payload, true],
    ["the type in another case", { ...same, storageType: "amazons3" }, s3Payload, true],
    ["no echo at all", {}, s3Payload, false],
    ["the type alone", { storageType: "AmazonS3" }, s3Payload, false],
    ["the fields without the type", { storage: place }, s3Payload, false],
    ["a declared field isn't echoed", { ...same, storage: { bucketName: "acme" } }, s3Payload, false],
    ["a field is echoed that isn't declared", { ...same, storage: { ...place, ...elsewhere } }, s3Payload, false],
    ["another region", { ...same, storage: { ...place, region: "eu-west-1" } }, s3Payload, false],
    ["another bucket", { ...same, storage: { ...place, bucketName: "theirs" } }, s3Payload, false],
    ["a field of another kind besides", { ...same, storage: { ...place, containerName: "acme" } }, s3Payload, false],
    ["another kind", same, azurePayload, false],
    ["a kind that nobody knows", { ...same, storageType: "Tape" }, s3Payload, false],
    ["none is declared, and nothing said", {}, undefined, false],
    ["none is declared, and none it is", { storageType: "None" }, undefined, true],
    ["none is declared, and fields are shown", { storageType: "none", storage: place }, undefined, false],
    ["none is declared, and one it has", same, undefined, false],
    ["one is declared, and none it has", { storageType: "none" }, s3Payload, false],
  ];
  test.each(rows)("%s", (_, echo, payload, isSame) => {
    expect(isSameStorage(echoing(echo), payload)).toBe(isSame);
  });
});

describe("what create does with one that is STOPPED", () => {
  const step = (onExisting: OnExisting, listed: Echo, alone?: Echo) =>
    written(
      nextStep(
        situation(create("RUNNING", { onExisting }), "STOPPED", {
          seen: echoing(listed),
          alone: alone && echoing(alone),
        }),
      ),
    );

  test("it is read alone before it is taken over unasked, whatever the list says", () => {
    expect(step("adoptStopped", same)).toBe("read");
    expect(step("adoptStopped", {})).toBe("read");
    expect(step("adoptStopped", {}, same)).toBe("edit");
    expect(step("adoptStopped", same, {})).toBe("no: exists");
    expect(step("adoptStopped", same, { ...same, storage: { ...place, ...elsewhere } })).toBe("no: exists");
  });

  test("no read is needed where none can help, or none is asked for", () => {
    expect(step("adoptStopped", { ...same, storage: { bucketName: "theirs" } })).toBe("no: exists");
    expect(step("error", same)).toBe("no: exists");
    expect(step("adopt", {})).toBe("edit");
  });
});

describe("whether what appears after our POST came from it", () => {
  type Answer = "accepted" | "unknown" | "refused";
  const came = (result: Answer, listed: Echo, alone?: Echo, payload: StoragePayload | undefined = s3Payload) =>
    cameFromPost(
      {
        seen: echoing(listed, "STARTING", "transition"),
        alone: alone && echoing(alone, "STARTING", "transition"),
        done: { create: record({ result, before: "absent" }) },
      },
      payload,
    );
  const none = undefined as unknown as StoragePayload;
  const sees = (result: Answer, listed: Echo, alone?: Echo) =>
    cameFromPost({ seen: echoing(listed), alone: alone && echoing(alone), done: { create: record({ result }) } }, none);

  test("one that was accepted need only not show another place", () => {
    expect(came("accepted", {})).toBe("yes");
    expect(came("accepted", { ...same, storage: { ...place, region: "EU" } })).toBe("yes");
    expect(came("accepted", { ...same, storage: { bucketName: "theirs" } })).toBe("no");
    expect(came("accepted", { storageType: "AzureStorage" })).toBe("no");
    expect(sees("accepted", {})).toBe("yes");
    expect(sees("accepted", same)).toBe("no");
  });

  test("one whose answer was lost must echo every field", () => {
    expect(came("unknown", same)).toBe("yes");
    expect(came("unknown", {})).toBe("unread");
    expect(came("unknown", {}, same)).toBe("yes");
    expect(came("unknown", {}, {})).toBe("no");
    expect(came("unknown", { ...same, storage: { ...place, bucketName: "theirs" } })).toBe("no");
    expect(came("unknown", { storage: place }, { ...same, storage: { ...place, ...elsewhere } })).toBe("no");
    expect(sees("unknown", {})).toBe("unread");
    expect(sees("unknown", {}, {})).toBe("yes");
    expect(sees("unknown", {}, same)).toBe("no");
  });

  test("one that was refused made nothing", () => {
    expect(came("refused", same, same)).toBe("no");
  });
});
