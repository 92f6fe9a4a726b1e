import { floor } from "./floor.ts";
import { pipelines } from "./pipeline.ts";
import { rest } from "./rest.ts";
import type { Row } from "./row.ts";
import { stacks } from "./stacks.ts";
import { terraform } from "./terraform.ts";

/** All rows, in the order of the tables. */
export const rows: readonly Row[] = [floor, ...stacks, ...pipelines, ...terraform, rest];
