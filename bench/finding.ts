/** What a target's check has found; `undefined`: what it needs wasn't measured. */
export type Finding = { readonly shown: string; readonly met: boolean } | undefined;
