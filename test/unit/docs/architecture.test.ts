import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../..", import.meta.url).pathname;
const { layers } = (await import(`${root}.dependency-cruiser.mjs`)) as { layers: Record<string, string[]> };
const page = readFileSync(`${root}docs/architecture.md`, "utf8");

const folders = globSync("{provider,pipeline}/**/", { cwd: root }).map((folder) => folder.replace(/\/$/, ""));

test.each(folders.filter((folder) => folder.includes("/")))("the architecture page names %s", (folder) => {
  const inside = folder.split("/").slice(2).join("/");
  expect(page).toContain(inside ? `\`${inside}/\`` : `\`${folder}\``);
});

test("the layers on the architecture page are those that npm run check enforces", () => {
  const [, table = ""] = /<!-- layers: .*? -->([\s\S]*)<!-- end of layers -->/.exec(page) ?? [];
  const rows = table
    .trim()
    .split("\n")
    .slice(2)
    .map((line) => line.split("|").map((cell) => cell.trim()));
  const order = rows.map(([, folder = ""]) => folder.replaceAll("`", ""));
  const namesIn = (cell: string) =>
    cell.split(", ").flatMap((part) => {
      const [first = "", last = first] = [...part.matchAll(/`([^`]+)`/g)].map(([, name]) => String(name));
      return last === first ? [first] : order.slice(order.indexOf(first), order.indexOf(last) + 1);
    });
  const drawn = rows.map(([, , , imports = ""], index) => [
    order[index],
    imports === "nothing" ? [] : namesIn(imports).toSorted(),
  ]);
  const enforced = Object.entries(layers).map(([folder, below]) => [folder, [...new Set(below)].toSorted()]);
  expect(drawn).toEqual(enforced);
});
