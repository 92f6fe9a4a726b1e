import { credentialFields, storageBlocks } from "./storage.js";

type Properties = Readonly<Record<string, unknown>>;

/** How long a fingerprint is; and what stands in the row for one that isn't there: no fingerprint has a full stop in it. */
const length = 6;
const none = ".".repeat(length);

/** The fingerprints in inputs, by field; or in outputs, where they lie in one row: state then holds each field's name once. */
export function fingerprintsOf(bag: Properties): Properties {
  const { credentialFingerprints: byField, fingerprints: row } = bag;
  if (typeof byField === "object" && byField !== null) return byField as Properties;
  if (typeof row !== "string") return {};
  const found: Record<string, unknown> = {};
  fieldsIn(bag).forEach((field, index) => {
    const mark = row.slice(index * length, (index + 1) * length);
    if (mark.length === length && mark !== none) found[field] = mark;
  });
  return found;
}

/** Inputs with their fingerprints in one row, as outputs hold them. */
export function withRow({ credentialFingerprints: byField, ...rest }: Properties): Record<string, unknown> {
  const marks = Object.entries(fingerprintsOf({ credentialFingerprints: byField }));
  if (marks.length === 0) return rest;
  const fields = fieldsIn(rest);
  // What can't lie in the row stays as it is.
  const fits = marks.every(([field, mark]) => fields.includes(field) && String(mark).length === length);
  if (!fits) return { ...rest, credentialFingerprints: byField };
  const own = new Map(marks);
  return { ...rest, fingerprints: fields.map((field) => textIn(own.get(field)) ?? none).join("") };
}

/** Inputs again, from outputs. */
export function withoutRow({ fingerprints: row, ...rest }: Properties): Record<string, unknown> {
  const marks = fingerprintsOf({ ...rest, fingerprints: row });
  return Object.keys(marks).length === 0 ? rest : { ...rest, credentialFingerprints: marks };
}

/** The credentials that a row tells of, in its order. */
function fieldsIn(bag: Properties): readonly string[] {
  const block = storageBlocks.find((name) => typeof bag[name] === "object" && bag[name] !== null);
  return block === undefined ? [] : credentialFields(block);
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
