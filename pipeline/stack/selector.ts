import type { OpenSource } from "../source/source.js";
import { engineFailure } from "./engine-failure.js";
import type { EngineResult, EngineVerb } from "./engine-run.js";
import { engineFailed, interrupted } from "./messages.js";
import { engineSelection, nothing, requireMatches, type DeclaredResource, type EngineSelection } from "./selection.js";
import type { StackOptions } from "./stack-options.js";
import { connectorsIn, urnsIn, type State } from "./state.js";
import { connectorUrn } from "./urn.js";

/** What a selector asks of the stack. */
interface Stack {
  state(): Promise<State>;
  /** An empty one where there is no such stack. */
  stateIfAny(stack: string): Promise<State>;
  preview(options: EngineSelection, env: Readonly<Record<string, string>>): Promise<EngineResult>;
}

/** Turns `only` and `exclude` into the engine's own options, from the keys of state and source together. */
export class Selector {
  #registered: readonly DeclaredResource[] | undefined;

  constructor(
    private readonly source: OpenSource,
    private readonly options: StackOptions,
    private readonly stack: Stack,
  ) {}

  /**
   * For one run of the engine: state may have changed since the run before.
   *
   * @throws ConnectorError `SETTINGS_INVALID` for a glob that matches nothing, `STACK_UNUSABLE`
   */
  async select(verb: EngineVerb): Promise<EngineSelection> {
    const { only = [], exclude = [], siblings = [] } = this.options;
    if (only.length + exclude.length === 0) return {};
    const { manifest } = this.source;
    const runsProgram = verb === "up" || verb === "preview";
    const [state, declared] = await Promise.all([this.stack.state(), runsProgram ? this.#declared() : []]);
    const held = urnsIn(state);
    const urns = [...held, ...declared.flatMap(({ urn, was = urn }) => [urn, was])];
    await requireMatches(urns, this.options, async () => {
      const others = await Promise.all(siblings.map((name) => this.stack.stateIfAny(name)));
      return [...(manifest?.connectors ?? []), ...others.flatMap(connectorsIn)].map(({ key }) => key);
    });
    return engineSelection({ held, declared, isComplete: !runsProgram || manifest !== undefined }, this.options);
  }

  /** A manifest's keys are known. A program's resources are known once it has run. */
  async #declared(): Promise<readonly DeclaredResource[]> {
    const { keys, project = "", was } = this.source;
    if (keys) return keys.map((key) => ({ urn: connectorUrn(this.options.stack, project, key), was: was?.(key) }));
    return (this.#registered ??= await this.#register());
  }

  /** A preview of nothing: the program registers its resources, and the engine asks no provider about them (observed). */
  async #register(): Promise<readonly DeclaredResource[]> {
    const { stack } = this.options;
    const result = await this.stack.preview({ target: [nothing] }, { DATASPACE_NO_CREDENTIALS: "true" });
    if (result.interrupted) throw interrupted(stack);
    if (!result.ok) throw engineFailure("preview", stack, result) ?? engineFailed("preview", stack, result.output);
    return result.events.flatMap(({ resourcePreEvent: before }) =>
      before ? [{ urn: before.metadata.urn, was: before.metadata.old?.urn }] : [],
    );
  }
}
