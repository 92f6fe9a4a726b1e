import { Suite } from "./suite.ts";
import { rows } from "./rows/index.ts";
import { slotsOf } from "./schedule.ts";
const [n, ...r] = process.argv.slice(2);
const suite = new Suite(rows, performance.now() + 300_000, (l) => console.log(l));
const cells = await suite.run(slotsOf({ quick: true, sizes: n!.split(",").map(Number), rows: r.length ? r : undefined }));
console.log(JSON.stringify(cells, undefined, 1));
