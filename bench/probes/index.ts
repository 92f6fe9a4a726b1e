import { core } from "./core.ts";
import type { Probe } from "./probe.ts";
import { startUp } from "./start-up.ts";

export const probes: readonly Probe[] = [startUp, core];
