import { backendTests } from "../support/backend-tests.js";
import { postgresPrograms, startPostgres } from "../support/postgres-server.js";

// Not part of `npm test`: npm run test:postgres, on machines that have the server.
const programs = postgresPrograms();
if ("missing" in programs) throw new Error(programs.missing);
backendTests(() => startPostgres(programs.folder));
