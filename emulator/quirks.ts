/** Behaviour of the real service that is unknown, one row each. The first value is the default. */
export const quirkValues = {
  /** Whether credentials come back, and how. `nested`: in clear, in an object under names of the service's own. */
  echoSecrets: ["absent", "masked", "clear", "nested"],
  /** Whether a connector's storage is told: its kind and its plain fields. */
  echoStorage: ["present", "absent"],
  /** POST on a name that is taken. */
  postExisting: ["409", "400", "422", "overwrite"],
  startFailed: ["works", "409"],
  putStopped: ["stays", "starts"],
  putInTransition: ["works", "409"],
  /** The way of a restart after PUT. While it passes through STOPPED, `start` is refused with 409. */
  restart: ["direct", "throughStopped"],
  stopStopped: ["200", "400"],
  startRunning: ["200", "400"],
  /** `route405`, `route404`: this edition has no such endpoint. */
  delete: ["present", "route405", "route404"],
  list: ["map", "array", "refused", "withoutStatus", "withoutFields"],
  statusField: ["status", "state"],
  /** The status while it starts. */
  startingWord: ["STARTING", "PROVISIONING", "Deploying"],
  failedWord: ["FAILED", "ERROR"],
  unauthorized: ["401", "403"],
  /** What the token may see: `otherAccount` is one without connectors, `lost` has lost its rights. */
  rights: ["all", "otherAccount", "lost"],
} as const;

export type Quirks = { -readonly [Name in keyof typeof quirkValues]: (typeof quirkValues)[Name][number] };

export function withDefaults(quirks: Partial<Quirks>): Quirks {
  const defaults = Object.fromEntries(Object.entries(quirkValues).map(([name, values]) => [name, values[0]])) as Quirks;
  return { ...defaults, ...quirks };
}
