import type { FaultScript } from "./faults.js";
import type { LoggedRequest } from "./request-log.js";
import type { Interference, Snapshot } from "./snapshot.js";

/** Controls an emulator that runs in another process. */
export class EmulatorControl {
  constructor(
    readonly endpoint: string,
    readonly token: string,
  ) {}

  requests(): Promise<LoggedRequest[]> {
    return this.#call("GET", "requests");
  }

  async clearRequests(): Promise<void> {
    await this.#call("DELETE", "requests");
  }

  connectors(): Promise<Snapshot[]> {
    return this.#call("GET", "connectors");
  }

  async interfere(name: string, interference: Interference): Promise<void> {
    await this.#call("POST", `connectors/${encodeURIComponent(name)}`, interference);
  }

  async fault(script: FaultScript): Promise<void> {
    await this.#call("POST", "faults", script);
  }

  async clearFaults(): Promise<void> {
    await this.#call("DELETE", "faults");
  }

  async #call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.endpoint}/_emulator/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T & { detail?: string };
    if (!response.ok) throw new Error(`The emulator refused: ${answer.detail ?? response.status}`);
    return answer;
  }
}
