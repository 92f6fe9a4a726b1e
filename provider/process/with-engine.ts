/**
 * Loaded first of all in every Node process that the engine of a pipeline starts. A dynamic provider loads our code only when it
 * is asked for a resource: one whose engine dies before that would live on for ever, with the run's environment (observed).
 */
import { endWithEngine } from "./engine-death.js";

if (/[\\/]cmd[\\/]dynamic-provider\b/.test(process.argv[1] ?? "")) endWithEngine(() => undefined);
