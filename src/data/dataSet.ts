/** Real features as a model uses them: standardised, in the eigenbasis of their covariance. */
import { readTable, type Table } from './table.ts';

export interface DataSet {
  /** Of the file. */
  readonly name: string;
  /** First 16 hexadecimal digits of the SHA-256 of the file. */
  readonly hash: string;
  readonly samples: number;
  /** Number of features that vary. */
  readonly dimension: number;
  /** Number of features left out because they are constant. */
  readonly constant: number;
  /** Of the covariance of the standardised features, ascending, with mean 1. Length dimension. */
  readonly eigenvalues: Float64Array;
  /** Standardised samples in the eigenbasis: number k·dimension + i has variance eigenvalues[i]. */
  readonly rows: Float32Array;
}

/** Features with a spectrum worth the name, and an eigendecomposition within half a minute. */
export const FEWEST_FEATURES = 16;
export const MOST_FEATURES = 1024;

/** Columns that vary, each with mean 0 and variance 1; row after row. */
function standardise({ samples, features, values }: Table): { columns: number; rows: Float64Array[] } {
  const kept: { column: number; mean: number; deviation: number }[] = [];
  for (let column = 0; column < features; column++) {
    let mean = 0;
    for (let i = 0; i < samples; i++) mean += values[i * features + column]! / samples;
    let variance = 0;
    for (let i = 0; i < samples; i++) variance += (values[i * features + column]! - mean) ** 2 / samples;
    // A constant leaves the rounding of its mean.
    if (variance > (1e-12 * mean) ** 2 && variance > 0) {
      kept.push({ column, mean, deviation: Math.sqrt(variance) });
    }
  }
  const rows = Array.from({ length: samples }, (_, i) =>
    Float64Array.from(
      kept,
      ({ column, mean, deviation }) => (values[i * features + column]! - mean) / deviation,
    ),
  );
  return { columns: kept.length, rows };
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Throws RangeError, one line with the name of the file, on what cannot be used. */
export async function openDataSet(name: string, bytes: ArrayBuffer): Promise<DataSet> {
  const table = await readTable(name, bytes);
  const { samples, features } = table;
  if (samples < 2) throw new RangeError(`${name} has ${samples} sample; expected at least 2`);
  const { columns: dimension, rows } = standardise(table);
  if (dimension < FEWEST_FEATURES || dimension > MOST_FEATURES) {
    const constant = dimension < features ? ' that vary' : '';
    throw new RangeError(
      `${name} has ${dimension} features${constant}; expected ${FEWEST_FEATURES} to ${MOST_FEATURES}`,
    );
  }
  const { EigenvalueDecomposition, Matrix } = await import('ml-matrix');
  const standardised = new Matrix(rows);
  const covariance = standardised.transpose().mmul(standardised).div(samples);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, {
    assumeSymmetric: true,
  });
  const order = Uint32Array.from(realEigenvalues, (_, i) => i).sort(
    (a, b) => realEigenvalues[a]! - realEigenvalues[b]!,
  );
  const rotated = standardised.mmul(eigenvectorMatrix);
  const result = new Float32Array(samples * dimension);
  for (let k = 0; k < samples; k++) {
    order.forEach((from, i) => (result[k * dimension + i] = rotated.get(k, from)));
  }
  return {
    name,
    hash: await hashOf(bytes),
    samples,
    dimension,
    constant: features - dimension,
    // Fewer samples than features leave eigenvalues that rounding makes negative.
    eigenvalues: Float64Array.from(order, (from) => Math.max(realEigenvalues[from]!, 0)),
    rows: result,
  };
}
