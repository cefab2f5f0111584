/** What one process or limit has shown so far: every observable at every recorded time, and its summaries. */
import type { AnyConfig } from '../config/parameter.ts';
import type { AnyModel, Band, Frame } from '../models/model.ts';

/** Over runs: mean, standard deviation (n − 1), 10 %, 50 % and 90 % quantiles (type 7). */
export const summaryNames = ['mean', 'sd', 'q10', 'q50', 'q90'] as const;
export type SummaryName = (typeof summaryNames)[number];

/** Type-7 quantile of sorted values; NaN where it falls on or next to a diverged run (+∞). */
export function quantile(sorted: Float64Array, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const low = sorted[below]!;
  if (position === below) return Number.isFinite(low) ? low : NaN;
  const value = low + (position - below) * (sorted[below + 1]! - low);
  return Number.isFinite(value) ? value : NaN;
}

interface Columns {
  readonly runs: readonly Float64Array[];
  readonly summaries: Readonly<Record<SummaryName, Float64Array>>;
}

const unknown = (length: number) => new Float64Array(length).fill(NaN);

export class Trajectory {
  /** Recorded times; NaN where nothing is recorded yet. */
  readonly t: Float64Array;
  /** Time at which each run diverged, NaN while it is finite. */
  readonly blowUp: Float64Array;
  /** Frames recorded so far, counted from the start. */
  length = 0;
  private readonly model: AnyModel;
  private readonly config: AnyConfig;
  private readonly columns = new Map<string, Columns>();
  /** By what they are around, and observable. */
  private readonly deviations = new Map<string, Map<string, Float64Array>>();
  private readonly sorted: Float64Array;

  /** `capacity` recorded times of `runs` runs. */
  constructor(model: AnyModel, config: AnyConfig, capacity: number, runs: number) {
    this.model = model;
    this.config = config;
    this.t = unknown(capacity);
    this.blowUp = unknown(runs);
    this.sorted = new Float64Array(runs);
    for (const [name, observable] of Object.entries(model.observables)) {
      if (observable.absent?.(config) !== undefined) continue;
      const summaries = Object.fromEntries(summaryNames.map((summary) => [summary, unknown(capacity)]));
      this.columns.set(name, {
        runs: Array.from({ length: runs }, () => unknown(capacity)),
        summaries: summaries as Record<SummaryName, Float64Array>,
      });
    }
  }

  /** Observables that have a meaning under this config. */
  get observables(): readonly string[] {
    return [...this.columns.keys()];
  }

  get runs(): number {
    return this.blowUp.length;
  }

  /** A summary over runs at every recorded time: of length capacity, NaN where unknown or diverged. */
  column(observable: string, summary: SummaryName): Float64Array {
    return this.required(observable).summaries[summary];
  }

  /** One run at every recorded time. */
  run(observable: string, run: number): Float64Array {
    return this.required(observable).runs[run]!;
  }

  /** Width around a process or 'limit', of length capacity, NaN where unknown; undefined where there is none. */
  deviation(around: string, observable: string): Float64Array | undefined {
    return this.deviations.get(around)?.get(observable);
  }

  /** Widths of an observable, by the name of their statistic: standardError, sd:sgd, … */
  widths(observable: string): readonly [statistic: string, width: Float64Array][] {
    return [...this.deviations].flatMap(([around, columns]): [string, Float64Array][] => {
      const width = columns.get(observable);
      return width ? [[around === 'limit' ? 'standardError' : `sd:${around}`, width]] : [];
    });
  }

  /** Record widths from frame number `first` on, or replace them by refined ones. */
  acceptBands(first: number, bands: readonly Band[]): void {
    for (const { around, observable, deviation } of bands) {
      if (!this.columns.has(observable)) continue;
      const known = this.deviations.get(around) ?? new Map<string, Float64Array>();
      const column = known.get(observable) ?? unknown(this.t.length);
      column.set(deviation, first);
      this.deviations.set(around, known.set(observable, column));
    }
  }

  /** Record frame number `index`, or replace it by a refined one. */
  accept(index: number, frame: Frame): void {
    this.t[index] = frame.t;
    this.length = Math.max(this.length, index + 1);
    this.blowUp.set(frame.blowUp);
    const statistics: Record<string, number> = {};
    for (let run = 0; run < this.runs; run++) {
      for (const key of this.model.statistics) statistics[key] = frame.values[key]![run]!;
      for (const [name, { runs }] of this.columns) {
        runs[run]![index] = this.model.observables[name]!.of(statistics, this.config);
      }
    }
    for (const columns of this.columns.values()) this.summarise(columns, index);
  }

  private summarise({ runs, summaries }: Columns, index: number): void {
    const n = runs.length;
    let mean = 0;
    runs.forEach((values, run) => {
      const value = values[index]!;
      mean += value / n;
      this.sorted[run] = Number.isNaN(value) ? Infinity : value;
    });
    let squares = 0;
    for (const values of runs) squares += (values[index]! - mean) ** 2;
    this.sorted.sort();
    summaries.mean[index] = mean;
    summaries.sd[index] = n > 1 ? Math.sqrt(squares / (n - 1)) : NaN;
    summaries.q10[index] = quantile(this.sorted, 0.1);
    summaries.q50[index] = quantile(this.sorted, 0.5);
    summaries.q90[index] = quantile(this.sorted, 0.9);
  }

  private required(observable: string): Columns {
    const columns = this.columns.get(observable);
    if (!columns)
      throw new RangeError(
        `observable ${observable} is not recorded; expected one of ${this.observables.join(', ')}`,
      );
    return columns;
  }
}
