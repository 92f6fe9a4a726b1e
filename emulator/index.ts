export { EmulatorControl } from "./control.js";
export { Emulator, type EmulatorOptions } from "./emulator.js";
export type { CallName, Fault, FaultAction, FaultScript } from "./faults.js";
export { quirkValues, type Quirks } from "./quirks.js";
export type { LoggedRequest } from "./request-log.js";
export type { Interference } from "./snapshot.js";
export type { Snapshot } from "./snapshot.js";
