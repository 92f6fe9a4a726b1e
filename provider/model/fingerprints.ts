import { blockOf, credentialFields } from "./storage.js";
import { textOf, type PropertyMap } from "./property-map.js";

/** How long a fingerprint is; and what stands in the row for one that isn't there: no fingerprint has a full stop in it. */
const length = 6;
const none = ".".repeat(length);

/** The fingerprints in inputs, by field; or in outputs, where they lie in one row: state then holds each field's name once. */
export function fingerprintsOf(bag: PropertyMap): PropertyMap {
  const { credentialFingerprints: byField, fingerprints: row } = bag;
  if (typeof byField === "object" && byField !== null) return byField as PropertyMap;
  if (typeof row !== "string") return {};
  const found: Record<string, unknown> = {};
  fieldsIn(bag).forEach((field, index) => {
    const mark = row.slice(index * length, (index + 1) * length);
    if (mark.length === length && mark !== none) found[field] = mark;
  });
  return found;
}

/** Inputs with their fingerprints in one row, as outputs hold them. */
export function withRow({ credentialFingerprints: byField, ...rest }: PropertyMap): Record<string, unknown> {
  const marks = Object.entries(fingerprintsOf({ credentialFingerprints: byField }));
  if (marks.length === 0) return rest;
  const fields = fieldsIn(rest);
  // What can't lie in the row stays as it is.
  const fits = marks.every(([field, mark]) => fields.includes(field) && String(mark).length === length);
  if (!fits) return { ...rest, credentialFingerprints: byField };
  const own = new Map(marks);
  return { ...rest, fingerprints: fields.map((field) => textOf(own.get(field)) ?? none).join("") };
}

/** Inputs again, from outputs. */
export function withoutRow({ fingerprints: row, ...rest }: PropertyMap): Record<string, unknown> {
  const marks = fingerprintsOf({ ...rest, fingerprints: row });
  return Object.keys(marks).length === 0 ? rest : { ...rest, credentialFingerprints: marks };
}

/** The credentials that a row tells of, in its order. */
function fieldsIn(bag: PropertyMap): readonly string[] {
  const block = blockOf(bag);
  return block === undefined ? [] : credentialFields(block);
}
