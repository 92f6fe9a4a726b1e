import { Document, isMap, isScalar } from "yaml";
import { credentialsToFillIn, notEchoed, takenOver, untilFilledIn } from "./messages.js";
import type { Adoption } from "./adoption.js";
import { fieldsToFillIn, type Heading } from "./program-text.js";

export interface ManifestHeading extends Heading {
  readonly project: string;
  readonly endpoint?: string | undefined;
}

const schemaLine = "yaml-language-server: $schema=./node_modules/pulumi-dataspace/connectors.schema.json";

/** A manifest that takes the connectors over. */
export function manifestText(
  adoptions: readonly Adoption[],
  { comments, project, endpoint, account }: ManifestHeading,
): string {
  const blocks = [...new Set(adoptions.flatMap(({ storage }) => (storage ? [storage.block] : [])))];
  const document = new Document({
    version: 1,
    project,
    ...(endpoint === undefined ? {} : { endpoint }),
    defaults: {
      onExisting: "adopt",
      adoptCredentials: "assume",
      ...(account === undefined ? {} : { account }),
    },
    connectors: new Map(
      adoptions.map(({ key, name, desiredStatus, storage }) => [
        key,
        {
          name,
          desiredStatus,
          // Once the defaults hold storage for the sake of its credentials, this one must say that it has none.
          ...(storage ? { [storage.block]: storage.fields } : Object.fromEntries(blocks.map((block) => [block, null]))),
        },
      ]),
    ),
  });
  document.commentBefore = asComment([schemaLine, ...comments, ...(blocks.length > 0 ? [notEchoed] : [])]);
  const defaults = document.get("defaults");
  if (isMap(defaults)) {
    defaults.commentBefore = asComment([takenOver, ...(blocks.length > 0 ? [untilFilledIn] : [])]);
    if (blocks.length > 0) defaults.comment = asComment(credentialComment(adoptions, blocks));
  }
  for (const { key, remarks } of adoptions) remark(document, key, remarks);
  return document.toString({ lineWidth: 0 });
}

function credentialComment(adoptions: readonly Adoption[], blocks: readonly string[]): string[] {
  const reference = { fromCommand: ["vault", "kv", "get", "-format=json", "kv/edc/{name}"], key: "data.data" };
  const example = new Document(Object.fromEntries(blocks.map((block) => [block, { credentials: reference }])));
  for (const block of blocks) {
    const credentials = example.getIn([block, "credentials"]);
    if (isMap(credentials)) credentials.flow = true;
  }
  const lines = example.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd().split("\n");
  return [...credentialsToFillIn(fieldsToFillIn(adoptions)), ...lines];
}

function remark(document: Document, key: string, remarks: readonly string[]): void {
  const connectors = document.get("connectors");
  if (remarks.length === 0 || !isMap(connectors)) return;
  const pair = connectors.items.find((each) => isScalar(each.key) && each.key.value === key);
  if (isScalar(pair?.key)) pair.key.commentBefore = asComment(remarks);
}

function asComment(lines: readonly string[]): string {
  return lines.map((line) => ` ${line}`).join("\n");
}
