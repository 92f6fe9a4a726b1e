import { describe, expect, test } from "vitest";
import { wordsOf } from "../../../provider/api/refusals.js";

describe("the title of an HTML page", () => {
  test.each([
    ["<html><head><title>502 Bad Gateway</title></head></html>", ', "502 Bad Gateway"'],
    ['<!DOCTYPE html>\n<TITLE lang="en">\n Sign in \n</TITLE>', ', "Sign in"'],
    ["<html><title></title></html>", ', ""'],
    ["<html><body>no title</body></html>", ""],
    ["<html><title>never closed", ""],
    ["<html><title>an <b>element</b></title>", ""],
    ["<html><title", ""],
    // Each of the many beginnings of a title would be followed to the end of the page by a pattern for the whole of it.
    [`<html>${"<title".repeat(10_000)}`, ""],
  ])("%.60s", (page, title) => {
    expect(wordsOf(page)).toEqual({ why: `an HTML page${title}`, page: true });
  });
});
