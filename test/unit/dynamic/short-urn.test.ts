import { expect, test } from "vitest";
import { longUrn, shortUrn } from "../../../provider/dynamic/short-urn.js";

const type = "pulumi-nodejs:dynamic/dataspace:Connector";

test.each([
  ["a connector of the resource's name", `urn:pulumi:dev::shop::${type}::acme`, "dev::shop::::"],
  ["another name", `urn:pulumi:dev::shop::${type}::partner::of::acme`, "dev::shop::::partner::of::acme"],
  ["in a component", `urn:pulumi:dev::shop::my:Fleet$my:Part$${type}::acme`, "dev::shop::my:Fleet$my:Part$::"],
  ["of no type of ours", "urn:pulumi:dev::shop::other:Thing::acme", "urn:pulumi:dev::shop::other:Thing::acme"],
])("%s", (_, urn, short) => {
  expect(shortUrn(urn, "acme")).toBe(short);
  expect(longUrn(short, "acme")).toBe(urn);
});

test("nothing comes of nothing", () => {
  expect(shortUrn(undefined, "acme")).toBeUndefined();
  expect(longUrn(undefined, "acme")).toBeUndefined();
});
