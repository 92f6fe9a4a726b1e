import type { CheckResult, CreateResult, DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic/index.js";
import { isConnectorError } from "../errors/connector-error.js";
import { textOf, type PropertyMap } from "../model/property-map.js";
import { check } from "../resource/check.js";
import { create, diff, noteDifferences, read, remove, update, type Applied } from "../resource/resource.js";
import type { Runtime } from "../resource/runtime.js";
import { searchingShim } from "./shim.js";
import { longUrn, shortUrn } from "./short-urn.js";

/** A dynamic provider's calls and results, in the words of Pulumi's SDK. In state it adds `__provider` and the URN, as `resource`. */
export class DynamicProvider {
  /** By the resource's salt: the engine gives the URN to check, as the salt that the program declares, and to no other call. */
  readonly #urns = new Map<unknown, string>();

  constructor(private readonly runtime: Runtime) {}

  async check(olds: PropertyMap, news: PropertyMap): Promise<CheckResult> {
    const { salt, ...given } = ownOf(news);
    const text = textOf(salt);
    // Under ignoreChanges the engine hands back what check made of it (observed); a malformed URN panics the CLI (observed).
    const isDeclared = text?.startsWith("urn:pulumi:") === true;
    const urn = isDeclared ? text : this.#urns.get(text);
    const { inputs, problems } = await check(this.runtime, urn, ownOf(olds), isDeclared ? given : { ...given, salt });
    if (urn !== undefined) this.#urns.set(inputs["salt"], urn);
    return {
      inputs: { ...inputs, __provider: news["__provider"] },
      // With a path in `property` the engine prints the values beside it, secrets too (observed): the path is in the text.
      failures: problems.map((reason) => ({ property: "", reason })),
    };
  }

  diff(olds: PropertyMap, news: PropertyMap): DiffResult {
    const { changes, replaces, deleteBeforeReplace } = diff(ownOf(olds), ownOf(news));
    noteDifferences(this.runtime, "diff", this.#urnOf(olds, news["salt"]), ownOf(olds), ownOf(news));
    return {
      changes: changes || isUnloadable(olds["__provider"], news["__provider"]),
      replaces: [...replaces],
      deleteBeforeReplace,
    };
  }

  async create(inputs: PropertyMap): Promise<CreateResult> {
    const urn = this.#urns.get(inputs["salt"]);
    return this.#noted(urn, async () => {
      const applied = await create(this.runtime, urn, ownOf(inputs));
      return { id: String(inputs["name"]), outs: outsOf(applied, urn, inputs) };
    });
  }

  async update(olds: PropertyMap, news: PropertyMap): Promise<UpdateResult> {
    const urn = this.#urnOf(olds, news["salt"]);
    return this.#noted(urn, async () => {
      const applied = await update(this.runtime, urn, ownOf(olds), ownOf(news));
      return { outs: outsOf(applied, urn, news) };
    });
  }

  async read(id: string, outs: PropertyMap): Promise<ReadResult> {
    const urn = this.#urnOf(outs);
    const found = await this.#noted(urn, () => read(this.runtime, urn, id, ownOf(outs)));
    if (!found) return {};
    const { __provider } = outs;
    return {
      id,
      inputs: clean({ ...found.inputs, __provider }),
      props: outsOf(found, urn, outs),
    };
  }

  delete(outs: PropertyMap): Promise<void> {
    const urn = this.#urnOf(outs);
    return this.#noted(urn, () => remove(this.runtime, urn, ownOf(outs)));
  }

  /** A call on a resource; its error stands in the journal before the engine has it and writes its own words around it. */
  async #noted<T>(urn: string | undefined, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (isConnectorError(error)) this.runtime.core.journal?.refused(urn, error);
      throw error;
    }
  }

  /** State's may be of before an alias or another name of the stack: what the program declares in this run goes first. */
  #urnOf(outs: PropertyMap, salt: unknown = outs["salt"]): string | undefined {
    return this.#urns.get(salt) ?? urnIn(outs);
  }
}

/** Whether state's text loads nothing here: it is gone, or the project has come to reach this package only through another. */
function isUnloadable(old: unknown, now: unknown): boolean {
  return old === undefined || (now === searchingShim && old !== now);
}

/** The connector's own properties. */
function ownOf({ __provider: _provider, resource: _resource, ...own }: PropertyMap): PropertyMap {
  return own;
}

function urnIn(outs: PropertyMap): string | undefined {
  return longUrn(textOf(outs["resource"]), String(outs["name"]));
}

/**
 * What the engine stores.
 *
 * @throws the operation's error, with what keeps the resource in state as far as it got, so that the next `up` goes on from
 * there. The engine prints only `reasons`, so the whole text is in the first one; without `__provider` the resource could never
 * be deleted (both observed).
 */
function outsOf({ outputs, error }: Applied, urn: string | undefined, { __provider }: PropertyMap): PropertyMap {
  const id = String(outputs["name"]);
  const properties = clean({ ...outputs, __provider, resource: shortUrn(urn, id) });
  if (error) throw Object.assign(error, { id, properties, reasons: [error.message] });
  return properties;
}

/** A copy that survives the wire: `undefined` anywhere would break it, after the request was sent. */
function clean(properties: PropertyMap): PropertyMap {
  return JSON.parse(JSON.stringify(properties)) as PropertyMap;
}
