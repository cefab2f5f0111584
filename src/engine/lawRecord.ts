/** The laws of a quantity over the coordinates: that of the limit, and the counts of each process. */
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel, BinnedLaw, Distributions, Frame, Quantity } from '../models/model.ts';
import { BINS, rowsOf, type Histogram } from './histogram.ts';
import type { Pool } from './pool.ts';

export class LawRecord {
  readonly name: string;
  readonly quantity: Quantity;
  /** Labels of the groups of coordinates. */
  readonly groups: readonly string[];
  readonly bins = BINS;
  /** Times that are counted at, increasing. */
  readonly times: Float64Array;
  /** The law of every group at these times; undefined where it is not known, or does not exist. */
  readonly laws: (readonly BinnedLaw[] | undefined)[];
  /** Low and high end of the bins, by time and group; NaN until they are known. */
  readonly ranges: Float64Array;
  /** Counts by process and time, as in Frame. */
  readonly counts: Readonly<Record<string, readonly (Uint32Array | undefined)[]>>;
  /** Why the limit gives no law, in one line. */
  failure = '';
  private readonly model: AnyModel;
  private readonly config: AnyConfig;
  private readonly rows: Int32Array;
  private readonly distributions: Distributions;
  private plan: Promise<Histogram> | undefined;

  /** Throws RangeError where the model has no such quantity. */
  constructor(model: AnyModel, config: AnyConfig, name: string, saveAt: Float64Array) {
    const { distributions } = model;
    const quantity = distributions?.quantities[name];
    if (!distributions || !quantity) throw new RangeError(`model ${model.name} has no quantity ${name}`);
    this.model = model;
    this.config = config;
    this.distributions = distributions;
    this.name = name;
    this.quantity = quantity;
    this.groups = distributions.groups(config);
    this.rows = rowsOf(saveAt.length);
    this.times = saveAt.filter((_, i) => this.rows[i]! >= 0);
    this.laws = Array.from(this.times, () => undefined);
    this.ranges = new Float64Array(2 * this.times.length * this.groups.length).fill(NaN);
    this.counts = Object.fromEntries(
      Object.keys(model.processes).map((process) => [process, Array.from(this.times, () => undefined)]),
    );
  }

  /** Solves the law of the limit, once; resolves with bins that fit it. `onChange` follows the progress. */
  histogram(pool: Pool, signal: AbortSignal, onChange: () => void): Promise<Histogram> {
    this.plan ??= this.solve(pool, signal, onChange);
    return this.plan;
  }

  /** Keeps the counts of a frame. */
  accept(process: string, index: number, { counts }: Frame): void {
    const row = this.rows[index]!;
    const kept = this.counts[process] as (Uint32Array | undefined)[];
    if (row >= 0 && counts) kept[row] = counts;
  }

  private async solve(pool: Pool, signal: AbortSignal, onChange: () => void): Promise<Histogram> {
    const { model, config, name, times, groups } = this;
    const task = { kind: 'law', model: model.name, name, config, saveAt: times, runs: [] } as const;
    let row = 0;
    try {
      for await (const laws of pool.stream<readonly (readonly BinnedLaw[])[]>(0, task, signal)) {
        for (const law of laws) {
          this.laws[row] = law;
          this.ranges.set(
            law.flatMap(({ low, high }) => [low, high]),
            2 * row * groups.length,
          );
          row++;
        }
        onChange();
      }
    } catch (error) {
      signal.throwIfAborted();
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.extend(row);
    const index = Object.keys(this.distributions.quantities).indexOf(name);
    return {
      quantity: name,
      index,
      bins: this.bins,
      groups: groups.length,
      rows: this.rows,
      ranges: this.ranges,
    };
  }

  /** From `row` on the limit gives no range: its last one, or the model's. */
  private extend(row: number): void {
    const width = 2 * this.groups.length;
    const fallback = this.distributions.fallback(this.config, this.name);
    for (let i = row * width; i < this.ranges.length; i++) {
      this.ranges[i] = row > 0 ? this.ranges[i - width]! : fallback[i % 2]!;
    }
  }
}
