/** What a study knows about one process in one dimension: how far its runs, and their mean, are from the limit. */

export interface Estimate {
  readonly value: number;
  /** Standard error; NaN for a single run. */
  readonly error: number;
}

const unknown: Estimate = { value: NaN, error: NaN };

/** Sums over every second run, time by time, of the deviation from the limit. */
class Half {
  count = 0;
  readonly sums: Float64Array;
  readonly squares: Float64Array;

  constructor(times: number) {
    this.sums = new Float64Array(times);
    this.squares = new Float64Array(times);
  }

  add(deviation: Float64Array): void {
    this.count++;
    deviation.forEach((value, i) => {
      this.sums[i]! += value;
      this.squares[i]! += value ** 2;
    });
  }

  /** Where the mean deviates most. */
  largest(): number {
    return this.sums.reduce((best, sum, i) => (Math.abs(sum) > Math.abs(this.sums[best]!) ? i : best), 0);
  }
}

export class SizeRecord {
  readonly dimension: number;
  /** Largest value of the limit: the unit of all deviations. */
  readonly scale: number;
  /** Runs that were finite to the end, and those that were not and do not count. */
  runs = 0;
  diverged = 0;
  private readonly limit: Float64Array;
  private readonly halves: readonly [Half, Half];
  private mean = 0;
  private squares = 0;

  /** `limit`: the observable at every recorded time. */
  constructor(dimension: number, limit: Float64Array) {
    this.dimension = dimension;
    this.limit = limit;
    this.scale = limit.reduce((a, b) => Math.max(a, Math.abs(b)));
    this.halves = [new Half(limit.length), new Half(limit.length)];
  }

  /** The observable of one run at every recorded time, NaN after a divergence. */
  add(run: Float64Array): void {
    const deviation = run.map((value, i) => (value - this.limit[i]!) / this.scale);
    const largest = deviation.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    if (!Number.isFinite(largest)) {
      this.diverged++;
      return;
    }
    this.halves[this.runs % 2]!.add(deviation);
    this.runs++;
    const step = largest - this.mean;
    this.mean += step / this.runs;
    this.squares += step * (largest - this.mean);
  }

  /** Mean over runs of max_t |R_run − R_limit| / max_t R_limit. */
  get single(): Estimate {
    if (this.runs === 0) return unknown;
    return { value: this.mean, error: Math.sqrt(this.squares / (this.runs - 1) / this.runs) };
  }

  /**
   * max_t |mean over runs of R − R_limit| / max_t R_limit without the noise of the mean, which the maximum would take
   * for a deviation: each half of the runs measures at the time, and with the sign, where the other half deviates
   * most. Negative where noise outweighs the deviation.
   */
  get ofMean(): Estimate {
    const [a, b] = this.halves;
    if (b.count < 2) return unknown;
    const cross = (chooser: Half, measurer: Half) => {
      const i = chooser.largest();
      const value = (Math.sign(chooser.sums[i]!) * measurer.sums[i]!) / measurer.count;
      const mean = (a.sums[i]! + b.sums[i]!) / this.runs;
      const variance = (a.squares[i]! + b.squares[i]!) / this.runs - mean ** 2;
      return { value, variance: variance / measurer.count };
    };
    const [x, y] = [cross(a, b), cross(b, a)];
    return { value: (x.value + y.value) / 2, error: Math.sqrt(x.variance + y.variance) / 2 };
  }
}
