/**
 * The text that Pulumi keeps in state as the provider of every connector: it loads today's code and captures nothing.
 *
 * `exports.handler = () => provider` is the form in which Pulumi's Node SDK stores dynamic providers (undocumented; pinned by a test).
 * The module that it names must stay loadable for ever, because old stacks name it.
 */
export const shim = 'exports.handler=()=>require("pulumi-dataspace/dynamic-runtime")';
