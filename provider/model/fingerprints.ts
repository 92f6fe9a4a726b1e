import { isObject } from "./json.js";
import { blockOf, credentialFields } from "./storage.js";
import { textOf, type PropertyMap } from "./property-map.js";

/** A fingerprint's length, and what stands in the row for a missing one: fingerprints contain no full stop. */
const length = 6;
const none = ".".repeat(length);

/** The fingerprints in inputs, by field; or in outputs, where they are one row: state then holds each field's name once. */
export function fingerprintsOf(properties: PropertyMap): PropertyMap {
  const { credentialFingerprints: byField, fingerprints: row } = properties;
  if (isObject(byField)) return byField;
  if (typeof row !== "string") return {};
  const marks = fieldsIn(properties).map((field, index) => [field, row.slice(index * length, (index + 1) * length)]);
  return Object.fromEntries(marks.filter(([, mark = ""]) => mark.length === length && mark !== none));
}

/** Inputs with their fingerprints in one row, as outputs hold them. */
export function withRow(inputs: PropertyMap): Record<string, unknown> {
  const marks = fingerprintsOf(inputs);
  const { credentialFingerprints: _, ...rest } = inputs;
  const row = fieldsIn(rest).map((field) => textOf(marks[field]) ?? none);
  return Object.keys(marks).length === 0 ? rest : { ...rest, fingerprints: row.join("") };
}

/** Inputs again, from outputs. */
export function withoutRow(outputs: PropertyMap): Record<string, unknown> {
  const marks = fingerprintsOf(outputs);
  const { fingerprints: _, ...rest } = outputs;
  return Object.keys(marks).length === 0 ? rest : { ...rest, credentialFingerprints: marks };
}

/** The credentials that a row holds fingerprints of, in its order. */
function fieldsIn(properties: PropertyMap): readonly string[] {
  const block = blockOf(properties);
  return block === undefined ? [] : credentialFields(block);
}
