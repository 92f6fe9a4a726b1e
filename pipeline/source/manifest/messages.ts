/** What reading a manifest says: read after `file:line:column: path: `. Never a value. */

export const notYaml = "is not well-formed YAML here";
export const notJson = "is not well-formed JSON here";
export const notUtf8 = "is not UTF-8 text; save the file as UTF-8";
export const empty = "is empty; it needs version, project and connectors";
export const notAMapping = "must be a mapping: version, project, connectors and so on, each with its value";

/** By the parser's word for what it met. Its own sentences are not used: they quote the text. */
export const syntax: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: "is no escape that a text in double quotes may hold; use single quotes, or double the backslash",
  BAD_INDENT: "is not indented as its neighbours are, or a bracket, brace or quote before it isn't closed",
  BAD_SCALAR_START: "is a character that no plain text begins with; put the text in quotes",
  BLOCK_AS_IMPLICIT_KEY: "holds a second `: ` in one line; put a text that holds a colon in quotes",
  BLOCK_IN_FLOW: "stands inside brackets or braces, where only bracketed values may",
  MISSING_CHAR: "misses a closing quote, bracket or brace, or a colon",
  MULTIPLE_DOCS: "begins a second document; a manifest is one, so take the line --- out",
  NON_STRING_KEY: "must be a text",
  RESOURCE_EXHAUSTION: "is nested too deeply",
  TAB_AS_INDENT: "is a tab; indent with spaces",
};

export const twice = "is given twice; keep one of them";
export const alias = "is an alias (*), which a manifest doesn't take; write the value out, or put it under defaults";
export const mergeKey =
  "is a merge key, which a manifest doesn't take; put what connectors have in common under defaults";
export const tagged = "has a tag (!), which a manifest doesn't take; take it out, and put a text in quotes";

export function tooLarge(limitMiB: number): string {
  return `is larger than ${limitMiB} MiB; split the manifest`;
}

export const nothing = "is empty; give a value, or take the line out";
export const ownNameInDefaults = "is one connector's alone; give it under that connector";
export const badVersion = "must be 1, the only version of the manifest that there is";
export const badProject = "is not a Pulumi project's name; use 1 to 100 letters, digits, dashes, dots and underscores";
export const badShards = "must be a whole number from 1 to 1000";
export const badKey =
  "is not a key that Pulumi can name a resource by; use 1 to 100 letters, digits, dashes, dots and underscores, beginning with a letter or digit";
export const noConnectors = "must be a mapping from key to connector ({} for none)";

export function policyMissing(code: string): string {
  return `names a file that can't be read (${code}); paths are relative to the manifest`;
}

/** `account`: `undefined` for the default one. */
export function nameTwice(name: string, otherKey: string, line: number, account: string | undefined): string {
  const where = account === undefined ? "" : ` in account "${account}"`;
  return `"${name}"${where} is declared by ${otherKey} (line ${line}) already; one connector can't be two resources: give this one another name or remove one of them`;
}

const write = "write { fromEnv: NAME }, { fromFile: path } or { fromCommand: [program, argument] }";

export const inClear = `is a credential in clear, which a manifest doesn't hold; ${write} (allowPlaintextSecrets: true at the top allows it)`;
export const wireForm = `is a reference in the form that is sent to the provider; ${write}`;
export const bundleInClear = `must be a reference to all credentials of the block; ${write}`;
export const notAReference = `must be a reference; ${write}`;
export const severalSources = "holds several of fromEnv, fromFile and fromCommand; keep one";

export function insecure(variable: string): string {
  return `is plain http to another machine, which shows the token to the network and is refused unless ${variable} is true`;
}

export function manifestHeadline(path: string, lines: readonly string[]): string {
  const count = lines.length === 1 ? "1 problem" : `${lines.length} problems`;
  return [`Could not use the manifest ${path}: ${count}.`, ...lines].join("\n");
}

export const manifestNext = "Correct the manifest; pulumi-dataspace validate checks it again, offline.";

export function manifestUnreadable(path: string, code: string): string {
  return `Could not use the manifest ${path}: the file can't be read (${code}).`;
}

export const manifestUnreadableNext = "Check the path (--manifest FILE) and the file's permissions.";

export function noManifest(folder: string, names: readonly string[]): string {
  return `Could not find a manifest: ${folder} holds none of ${names.join(", ")}.`;
}

export const noManifestNext = "Name one with --manifest FILE, or run the command where it lies.";

export function severalManifests(names: readonly string[]): string {
  return `Could not choose a manifest: ${names.join(" and ")} are both here.`;
}

export const severalManifestsNext = "Say which one with --manifest FILE.";
