import type { Edition } from "./edition.js";
import { flat } from "./flat.js";

/** One row per edition. */
export const editions = { flat } as const satisfies Record<string, Edition>;

export type EditionName = keyof typeof editions;

export const editionNames = Object.keys(editions) as EditionName[];
