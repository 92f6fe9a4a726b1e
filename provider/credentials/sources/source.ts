/** What a source gave: a text, or what is wrong with it as a clause after `the file …`. */
export type Answer = { readonly text: string; readonly warning?: string } | { readonly problem: string };

export interface SourceContext {
  readonly environment: NodeJS.ProcessEnv;
  /** Files are relative to it, and commands run in it. Default: the process's own. */
  readonly folder?: string | undefined;
  readonly signal: AbortSignal;
}
