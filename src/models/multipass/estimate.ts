/** Means over batches, with the errors that they show. */

export interface Estimate {
  readonly mean: Float64Array;
  /** Standard error; NaN from fewer than two batches. */
  readonly error: Float64Array;
}

/** Ratio of Student's to the normal quantile of one standard deviation: few batches know their spread badly. */
export function studentFactor(freedom: number): number {
  return 1 + 0.5 / freedom + 0.34 / freedom ** 2;
}

/**
 * Means of every entry over the batches where it is finite; NaN where fewer than half are.
 * @param rows one row per batch, all of equal length
 */
export function estimate(rows: readonly Float64Array[]): Estimate {
  const length = rows[0]?.length ?? 0;
  const [mean, error] = [new Float64Array(length).fill(NaN), new Float64Array(length).fill(NaN)];
  for (let i = 0; i < length; i++) {
    const values = rows.map((row) => row[i]).filter(Number.isFinite);
    const n = values.length;
    if (n === 0 || 2 * n < rows.length) continue;
    mean[i] = values.reduce((sum, value) => sum + value, 0) / n;
    const square = values.reduce((sum, value) => sum + (value - mean[i]) ** 2, 0);
    if (n > 1) error[i] = studentFactor(n - 1) * Math.sqrt(square / (n - 1) / n);
  }
  return { mean, error };
}
