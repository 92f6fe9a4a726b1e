import { readFile } from "node:fs/promises";
import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";
import { decodeUtf8 } from "../../../provider/model/utf8.js";
import { writeOutputFile } from "../../run/output-file.js";

const byteOrderMark = Buffer.from("\ufeff");

/** Writes the number of shards into a manifest that has been read before; every other byte of it stays. */
export async function setShards(path: string, shards: number): Promise<void> {
  const bytes = await readFile(path);
  const mark = bytes.subarray(0, byteOrderMark.length).equals(byteOrderMark) ? "\ufeff" : "";
  const changed = withShards(decodeUtf8(bytes) ?? "", shards);
  await writeOutputFile(path, `${mark}${changed}`);
}

/** The text of a manifest with another number of shards. JSON is YAML, too. */
export function withShards(text: string, shards: number): string {
  const { contents } = parseDocument(text, { uniqueKeys: false, stringKeys: true });
  if (!isMap(contents)) throw new Error("not a manifest");
  const value = contents.items.find(({ key }) => isScalar(key) && key.value === "shards")?.value;
  if (isScalar(value) && value.range) {
    const [begin, end] = value.range;
    return `${text.slice(0, begin)}${shards}${text.slice(end)}`;
  }
  return withFirst(text, contents, shards);
}

/** With the number as the first entry, written as the others are. */
function withFirst(text: string, { items: [first], range, flow }: YAMLMap, shards: number): string {
  const key = isScalar(first?.key) ? first.key : undefined;
  const at = key?.range?.[0] ?? 0;
  if (flow) {
    const inside = (range?.[0] ?? 0) + 1;
    const quote = key?.type === "QUOTE_DOUBLE" ? '"' : "";
    return `${text.slice(0, at)}${quote}shards${quote}: ${shards},${text.slice(inside, at) || " "}${text.slice(at)}`;
  }
  const line = text.lastIndexOf("\n", at - 1) + 1;
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  return `${text.slice(0, at)}shards: ${shards}${lineBreak}${text.slice(line, at)}${text.slice(at)}`;
}
