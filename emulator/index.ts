export { EmulatorControl } from "./control.js";
export { Emulator, type EmulatorOptions } from "./emulator.js";
export type { Fault, FaultAction, FaultScript } from "./faults.js";
export { quirkValues, type Quirks } from "./quirks.js";
export type { CallName } from "./routes.js";
export type { LoggedRequest } from "./request-log.js";
export type { Interference, Snapshot } from "./snapshot.js";
