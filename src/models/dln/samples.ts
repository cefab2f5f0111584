/**
 * The samples that SGD draws: x_i = √λ_i z̃_i, where z̃ is a stationary autoregression of order 1 over the features z
 * in the order of the coordinates, z̃_1 = z_1, z̃_i = φz̃_{i−1} + √(1 − φ²)z_i. Hence their covariance is K with
 * K_ij = √(λ_i λ_j)·φ^|i−j|. Coordinates ascend in λ: neighbours are features of like variance.
 */
import { featuresOf } from '../../math/features.ts';
import type { DlnInstance } from './instance.ts';
import type { DlnConfig } from './parameters.ts';

/** Standardised features in place of independent ones. */
export function correlate(z: Float64Array, dimension: number, correlation: number): void {
  const fresh = Math.sqrt(1 - correlation * correlation);
  for (let i = 1; i < dimension; i++) z[i] = correlation * z[i - 1]! + fresh * z[i]!;
}

/** Writes sample number `sample` of an iteration's batch to `x`, of length 4⌈d/4⌉ at least. */
export type DrawSample = (x: Float64Array, step: number, sample: number) => void;

/** What one run draws. */
export function samplesOf(config: DlnConfig, { eigenvalue }: DlnInstance, run: number): DrawSample {
  const { dimension, correlation, features, degreesOfFreedom, seed } = config;
  const fill = featuresOf(features, degreesOfFreedom);
  const scale = eigenvalue.map(Math.sqrt);
  return (x, step, sample) => {
    fill(x, dimension, seed, step, run, sample);
    if (correlation !== 0) correlate(x, dimension, correlation);
    for (let i = 0; i < dimension; i++) x[i]! *= scale[i]!;
  };
}

/**
 * What changes in the statistics with the full covariance, in O(d) by one recursion forth and one back:
 *
 *     weightedError eᵀKe/d     gradientNorm Σ (Ke)_i²κ_i/d, which is d‖∇R‖²
 *
 * The trace of the Hessian, Σ K_ii κ_i/d, is that of independent features.
 *
 * @param error e = β − β*
 * @param kappa κ = u² + v²
 */
export function correlatedStatistics(
  eigenvalue: Float64Array,
  error: Float32Array | Float64Array,
  kappa: Float64Array,
  correlation: number,
): { weightedError: number; gradientNorm: number } {
  const dimension = eigenvalue.length;
  // With a = √λ e: sums over j ≤ i and over j > i of φ^|i−j| a_j.
  const forth = new Float64Array(dimension);
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    sum = correlation * sum + Math.sqrt(eigenvalue[i]!) * error[i]!;
    forth[i] = sum;
  }
  let back = 0;
  let weightedError = 0;
  let gradientNorm = 0;
  for (let i = dimension - 1; i >= 0; i--) {
    const root = Math.sqrt(eigenvalue[i]!);
    const product = root * (forth[i]! + back);
    weightedError += (error[i]! * product) / dimension;
    gradientNorm += (product * product * kappa[i]!) / dimension;
    back = correlation * (back + root * error[i]!);
  }
  return { weightedError, gradientNorm };
}
