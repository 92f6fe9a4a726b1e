import { registerSecret } from "../errors/redact.js";

/** Credential values that this process holds between check, which sees them, and the request that sends them. Never written anywhere. */
export class Keyring {
  readonly #values = new Map<string, string>();

  put(connector: string, field: string, fingerprint: string, value: string): void {
    registerSecret(value);
    this.#values.set(slot(connector, field, fingerprint), value);
  }

  get(connector: string, field: string, fingerprint: string): string | undefined {
    return this.#values.get(slot(connector, field, fingerprint));
  }

  /** The value before the last rotation, to go back to; whatever state says was sent last. */
  putPrevious(connector: string, field: string, value: string): void {
    this.put(connector, field, previousSlot, value);
  }

  getPrevious(connector: string, field: string): string | undefined {
    return this.get(connector, field, previousSlot);
  }
}

/** No fingerprint: those have 6 characters. */
const previousSlot = "previous";

function slot(connector: string, field: string, fingerprint: string): string {
  return `${connector}\0${field}\0${fingerprint}`;
}
