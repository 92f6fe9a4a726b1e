import { settle } from "./connectors.ts";
import { shim } from "./programs/bare.ts";

/** What a reader must know to judge the figures. */
export const notes: readonly string[] = [
  "All rows make the same connectors (S3 storage of six fields, four of them credentials) on an emulator that runs as a process of its own on the same machine; its CPU time stands in the last column. Stopping takes no time there; deleting is stop, then DELETE, in every row.",
  `L1 is the engine with a dynamic provider that does nothing: the same values, as plain ones, so that nothing is encrypted; its shim has ${shim.length} bytes. It asks no service and is measured once for every start time. L0 knows when to look, and sends up to 8 requests at once, as ours does.`,
  "Rows of one stack are the engine's own run, through the Automation API, with an inline program in a process that has loaded the SDK before. Terraform's rows are the whole command; refreshing is a column of its own and switched off (`-refresh=false`) in the others, as it is Pulumi's default.",
  `At start time 0 no restart can be seen; ours then waits \`settle\` after an edit (${settle} here, 10 s by default) to prove it. No other row proves a restart.`,
  "The pipeline's rows are its own commands over a manifest: `up` previews twice and refreshes before it changes anything, `refresh` is its look for drift, and each counts what it asks the service.",
  "State as JSON leaves out where the program declares each resource (250 to 520 bytes for a program's, which depend on the paths; none for a manifest's of ours).",
  "Memory is the peak (VmHWM) of the largest process of the kind, over all operations.",
];
