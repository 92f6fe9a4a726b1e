import type { Fault, FaultScript } from "./faults.js";
import type { LoggedRequest } from "./request-log.js";
import type { Answer } from "./routes.js";
import type { Interference, Snapshot } from "./snapshot.js";

/** What these calls need from an emulator. */
interface Controlled {
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  names(): string[];
  connector(name: string): Snapshot | undefined;
  interfere(name: string, change: Interference): void;
  fault(script: FaultScript): Fault;
  clearFaults(): void;
}

/** The emulator's own calls, under `/_emulator/`, for tests and demos in another process. They need the same token. */
export function control(emulator: Controlled, method: string, path: string, body: unknown): Answer {
  const [, , noun, name] = path.split("/");
  switch (`${method} ${noun}`) {
    case "GET requests":
      return { status: 200, body: emulator.requests };
    case "DELETE requests":
      emulator.clearRequests();
      return { status: 200, body: {} };
    case "GET connectors":
      return { status: 200, body: emulator.names().map((each) => emulator.connector(each)) };
    case "POST connectors":
      return attempt(() => emulator.interfere(decodeURIComponent(name ?? ""), body as Interference));
    case "POST faults":
      return attempt(() => void emulator.fault(body as FaultScript));
    case "DELETE faults":
      emulator.clearFaults();
      return { status: 200, body: {} };
    default:
      return { status: 404, body: { detail: "the emulator has no such call" } };
  }
}

function attempt(work: () => void): Answer {
  try {
    work();
    return { status: 200, body: {} };
  } catch (error) {
    return { status: 400, body: { detail: (error as Error).message } };
  }
}
