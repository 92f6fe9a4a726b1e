import type { Route } from "./routes.js";

export interface LoggedRequest extends Route {
  readonly at: number;
  readonly method: string;
  /** Without the base path. */
  readonly path: string;
  /** `pending` until it is answered; `reset` when the connection broke first. */
  readonly status: number | "pending" | "reset";
}

/** The requests, in order. Bodies and headers are never kept. */
export class RequestLog {
  readonly requests: (LoggedRequest & { status: LoggedRequest["status"] })[] = [];
  readonly #watchers = new Set<(request: LoggedRequest) => void>();

  begin(method: string, path: string, route: Route): { end(status: number | "reset"): void } {
    const entry: LoggedRequest & { status: LoggedRequest["status"] } = {
      ...route,
      at: Date.now(),
      method,
      path,
      status: "pending",
    };
    this.requests.push(entry);
    for (const watcher of this.#watchers) watcher(entry);
    return {
      end: (status) => {
        entry.status = status;
      },
    };
  }

  lines(wanted: (request: LoggedRequest) => boolean = () => true): string[] {
    return this.requests.filter(wanted).map(({ method, path, status }) => `${method} ${path} ${status}`);
  }

  clear(): void {
    this.requests.length = 0;
  }

  waitFor(wanted: (request: LoggedRequest) => boolean): Promise<LoggedRequest> {
    return new Promise((resolve) => {
      const watcher = (request: LoggedRequest) => {
        if (!wanted(request)) return;
        this.#watchers.delete(watcher);
        resolve(request);
      };
      this.#watchers.add(watcher);
    });
  }
}
