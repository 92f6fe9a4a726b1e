import { referencePrefix, referenceText } from "../provider/model/reference-text.js";

export interface ReferenceOptions {
  /** Path to the value in the output, which must be JSON: `"data.data.secretAccessKeyRead"`. `{name}` stands for the connector's name. */
  readonly key?: string;
  /** A reference to the value before the last rotation; followed when DATASPACE_PREVIOUS_CREDENTIALS is `true`. */
  readonly previous?: string;
}

export interface CommandOptions extends ReferenceOptions {
  /** Limit of the command, e.g. `"10s"`. Default `30s`. */
  readonly timeout?: string;
}

/**
 * A credential from an environment variable of the machine that runs `pulumi`.
 *
 * Like every reference it is resolved in the provider's process only, once, and its value is never stored.
 *
 * @param name of the variable; `{name}` in it stands for the connector's name, upper-case, with `_` for `-`
 */
export function fromEnv(name: string, options: ReferenceOptions = {}): string {
  return reference({ env: name }, options);
}

/**
 * A credential from a file, less one line break at its end.
 *
 * @param path absolute, or relative to the program's folder; `{name}` in it stands for the connector's name
 */
export function fromFile(path: string, options: ReferenceOptions = {}): string {
  return reference({ file: path }, options);
}

/**
 * A credential from a command's standard output, less one line break at its end. It runs without a shell.
 *
 * @param argv the program and its arguments; `{name}` in them stands for the connector's name
 */
export function fromCommand(argv: readonly [string, ...string[]], options: CommandOptions = {}): string {
  const { timeout } = options;
  return reference({ command: argv, ...(timeout === undefined ? {} : { timeout }) }, options);
}

function reference(source: object, { key, previous }: ReferenceOptions): string {
  if (previous !== undefined && !previous.startsWith(referencePrefix)) {
    throw new TypeError("previous must be a reference; make it with fromEnv, fromFile or fromCommand");
  }
  return referenceText(source, key, previous);
}
