import { expect, test } from "vitest";
import { table } from "../../../cli/terminal/table.js";

test("columns are as wide as their widest cell, and no line ends in spaces", () => {
  expect(
    table(
      ["name", "status", "bpn"],
      [
        ["acme", "RUNNING", "BPNL1"],
        ["a-longer-name", "", ""],
      ],
    ),
  ).toBe(["name           status   bpn", "acme           RUNNING  BPNL1", "a-longer-name"].join("\n"));
});

test("a cell may hold anything: frame characters, wide letters, colours, several lines", () => {
  const red = "\u001b[31mFAILED\u001b[39m";
  expect(
    table(
      ["a", "b"],
      [
        ["x│y", "1"],
        ["日本", "2"],
        [red, "3"],
        ["two\nlines", "4"],
      ],
    ),
  ).toBe(["a       b", "x│y     1", "日本    2", `${red}  3`, "two     4", "lines"].join("\n"));
});

test("without rows there is the head", () => {
  expect(table(["name", "status"], [])).toBe("name  status");
});
