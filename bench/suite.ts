import { measure } from "./measure.ts";
import type { MeasuredCell, Run } from "./runs.ts";
import type { Row, Session, Site } from "./rows/row.ts";
import { expectedSeconds, parallelFor, type Slot } from "./schedule.ts";

/** Takes the slots one after the other, as far as the time goes. */
export class Suite {
  readonly #rows: readonly Row[];
  readonly #deadline: number;
  readonly #say: (line: string) => void;
  readonly #ready = new Map<string, { open(site: Site): Promise<Session> } | { missing: string }>();
  readonly #cells = new Map<string, { -readonly [Key in keyof MeasuredCell]: MeasuredCell[Key] } & { runs: Run[] }>();
  readonly #took: { slot: Slot; seconds: number }[] = [];

  /** @param deadline in the time of `performance.now()` */
  constructor(rows: readonly Row[], deadline: number, say: (line: string) => void) {
    this.#rows = rows;
    this.#deadline = deadline;
    this.#say = say;
  }

  /** @param onMeasured gets all cells so far, after each slot */
  async run(
    slots: readonly Slot[],
    onMeasured: (cells: readonly MeasuredCell[]) => void = () => undefined,
  ): Promise<MeasuredCell[]> {
    // Builds come first: what they take from the machine is over when the measuring begins.
    for (const row of this.#rows)
      if (slots.some((slot) => slot.row === row.id)) this.#ready.set(row.id, await row.prepare());
    for (const [index, slot] of slots.entries()) {
      const left = (this.#deadline - performance.now()) / 1_000;
      const label = `${slot.row}, N=${slot.n}, start ${slot.startMs / 1_000} s`;
      const cell = this.#cellOf(slot);
      if (cell.missing !== undefined) continue;
      if (expectedSeconds(slot, this.#took) > left) {
        cell.missing = cell.runs.length > 0 ? "fewer runs than planned: time was up" : "not measured: time was up";
        this.#say(`${label}: skipped, time is up`);
        continue;
      }
      const outcome = await this.#one(slot, cell);
      this.#say(`[${index + 1}/${slots.length}] ${label}: ${outcome}`);
      onMeasured([...this.#cells.values()]);
    }
    return [...this.#cells.values()];
  }

  async #one(slot: Slot, cell: { runs: Run[]; missing?: string }): Promise<string> {
    const ready = this.#ready.get(slot.row);
    if (!ready || "missing" in ready) {
      cell.missing = `not measured: ${ready ? ready.missing : "there is no such row"}`;
      return cell.missing;
    }
    const startedAt = performance.now();
    const run = await measure(ready, { ...slot, parallel: parallelFor(slot.n) });
    const seconds = (performance.now() - startedAt) / 1_000;
    this.#took.push({ slot, seconds });
    cell.runs.push(run);
    if (run.failure === undefined) return `${seconds.toFixed(1)} s`;
    cell.missing = `failed: ${run.failure.split("\n")[0] ?? ""}`;
    return `failed: ${run.failure}`;
  }

  #cellOf({ row, n, startMs }: Slot) {
    const key = `${row} ${n} ${startMs}`;
    const known = this.#cells.get(key) ?? { row, n, startMs, parallel: parallelFor(n), runs: [] };
    this.#cells.set(key, known);
    return known;
  }
}
