import { Driver } from "./driver.ts";
import type { Row } from "./row.ts";

/** The floor of the service's side. */
export const floor: Row = {
  id: "floor",
  title: "L0: raw undici, ideal waiting",
  prepare: () =>
    Promise.resolve({
      open: (site) => {
        const driver = new Driver("floor.ts", site);
        return Promise.resolve({
          roles: { engine: /^$/, provider: /drivers\/floor\.ts/ },
          run: (operation, signal) => driver.run(operation, signal),
          stateFiles: () => Promise.resolve([]),
          close: () => driver.close(),
        });
      },
    }),
};
