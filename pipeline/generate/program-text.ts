import { credentialFields } from "../../provider/model/storage.js";
import { credentialsToFillIn, notEchoed, takenOver, untilFilledIn } from "./messages.js";
import type { Adoption } from "./adoption.js";

export interface Heading {
  /** Lines that the text begins with, without the marks of a comment. */
  readonly comments: readonly string[];
  /** The account that holds the connectors, where it isn't the default one. */
  readonly account?: string | undefined;
}

/** A TypeScript program that takes the connectors over. */
export function programText(adoptions: readonly Adoption[], { comments, account }: Heading): string {
  const stored = adoptions.some(({ storage }) => storage);
  return [
    ...[...comments, ...(stored ? [notEchoed] : [])].map(comment),
    "",
    'import { Connector } from "pulumi-dataspace";',
    ...(stored ? ["", ...credentialLines(adoptions)] : []),
    ...(adoptions.length > 0 ? ["", ...sharedLines(account, stored)] : []),
    ...adoptions.flatMap((adoption) => ["", ...lines(adoption)]),
    "",
  ].join("\n");
}

function credentialLines(adoptions: readonly Adoption[]): string[] {
  return [
    "/**",
    ...credentialsToFillIn(fieldsToFillIn(adoptions)).map((line) => ` * ${line}`),
    " *",
    ' *     fromEnv("CONNECTOR_{name}_CREDENTIALS")',
    ' *     fromCommand(["vault", "kv", "get", "-format=json", "kv/edc/{name}"], { key: "data.data" })',
    " */",
    "const credentials: string | undefined = undefined;",
  ];
}

/** All credentials of the kinds of storage that there are. */
export function fieldsToFillIn(adoptions: readonly Adoption[]): string[] {
  const blocks = new Set(adoptions.flatMap(({ storage }) => (storage ? [storage.block] : [])));
  return [...blocks].flatMap((block) => credentialFields(block));
}

function sharedLines(account: string | undefined, stored: boolean): string[] {
  const fields = ['onExisting: "adopt"', 'adoptCredentials: "assume"'];
  if (account !== undefined) fields.push(`account: ${literal(account)}`);
  return [
    ...(stored ? ["/**", ` * ${takenOver}`, ` * ${untilFilledIn}`, " */"] : [`/** ${takenOver} */`]),
    `const adopted = { ${fields.join(", ")} } as const;`,
  ];
}

function lines({ key, name, desiredStatus, storage, remarks }: Adoption): string[] {
  const fields = Object.entries(storage?.fields ?? {}).map(([field, value]) => `${field}: ${literal(value)}`);
  return [
    ...remarks.map(comment),
    `new Connector(${literal(key)}, {`,
    "  ...adopted,",
    `  name: ${literal(name)},`,
    `  desiredStatus: ${literal(desiredStatus)},`,
    ...(storage ? [`  ${storage.block}: { ${[...fields, "credentials"].join(", ")} },`] : []),
    "});",
  ];
}

function comment(line: string): string {
  return `// ${line}`;
}

function literal(text: string): string {
  return JSON.stringify(text);
}
