import { core } from "./core.ts";
import { manifest } from "./manifest.ts";
import type { Probe } from "./probe.ts";
import { startUp } from "./start-up.ts";

export const probes: readonly Probe[] = [startUp, manifest, core];
