/** Problems of a text in YAML or JSON: read after `file:line:column: path: `. Never a value. */

export const notYaml = "is not valid YAML";
export const notJson = "is not valid JSON";

/** By the parser's code. The parser's own sentences quote the text, so they are not used. */
export const syntax: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: "is not an escape that double quotes allow; use single quotes, or double the backslash",
  BAD_INDENT: "is indented differently from its neighbours, or an earlier bracket, brace or quote is not closed",
  BAD_SCALAR_START: "is a character that can't begin an unquoted string; put the string in quotes",
  BLOCK_AS_IMPLICIT_KEY: "contains a second `: ` on one line; put a string that contains a colon in quotes",
  BLOCK_IN_FLOW: "is inside brackets or braces, where only values in brackets or braces are allowed",
  MISSING_CHAR: "lacks a closing quote, bracket or brace, or a colon",
  MULTIPLE_DOCS: "begins a second document; keep one document in the file, and remove the line ---",
  NON_STRING_KEY: "must be a string",
  RESOURCE_EXHAUSTION: "is nested too deeply",
  TAB_AS_INDENT: "is a tab; indent with spaces",
};

export const twice = "is given twice; keep one of them";
export const alias = "is an alias (*), which is not supported here; write out the value";
export const unresolvedAlias =
  "is an alias (*) without an anchor (&) before it; set the anchor, or write out the value";
export const mergeKey = "is a merge key (<<), which is not supported; write out the properties";
export const tagged = "has a tag (!), which is not supported; remove it, and put a string in quotes";
