/** Means over the d coordinates that are recorded, summed in float64. Twin of src/models/dln/statistics.ts. */
import { high, low, sumPair } from '../lib/lanes';
import { dimension } from './problem';

export let weightedError: f64 = 0;
export let squaredError: f64 = 0;
export let curvature: f64 = 0;
export let gradientNorm: f64 = 0;
export let l1: f64 = 0;
export let l2: f64 = 0;
export let imbalance: f64 = 0;
export let offSupport: f64 = 0;

// Sums over even and odd coordinates.
let weightedErrors = f64x2.splat(0);
let squaredErrors = f64x2.splat(0);
let curvatures = f64x2.splat(0);
let gradientNorms = f64x2.splat(0);
let l1s = f64x2.splat(0);
let l2s = f64x2.splat(0);
let imbalances = f64x2.splat(0);
let offSupports = f64x2.splat(0);

export function clear(): void {
  const zero = f64x2.splat(0);
  weightedErrors = zero;
  squaredErrors = zero;
  curvatures = zero;
  gradientNorms = zero;
  l1s = zero;
  l2s = zero;
  imbalances = zero;
  offSupports = zero;
}

function addPair(lambda: v128, star: v128, e: v128, kappa: v128, gap: v128): void {
  const square = f64x2.mul(e, e);
  const weighted = f64x2.mul(lambda, square);
  const curved = f64x2.mul(lambda, kappa);
  const beta = f64x2.add(e, star);
  const beta2 = f64x2.mul(beta, beta);
  weightedErrors = f64x2.add(weightedErrors, weighted);
  squaredErrors = f64x2.add(squaredErrors, square);
  curvatures = f64x2.add(curvatures, curved);
  gradientNorms = f64x2.add(gradientNorms, f64x2.mul(weighted, curved));
  l1s = f64x2.add(l1s, f64x2.abs(beta));
  l2s = f64x2.add(l2s, beta2);
  imbalances = f64x2.add(imbalances, f64x2.abs(gap));
  offSupports = f64x2.add(offSupports, v128.and(beta2, f64x2.eq(star, f64x2.splat(0))));
}

/** Add four coordinates: eigenvalue λ, teacher β*, e = β − β*, kappa = u² + v², gap = u² − v². */
export function add(lambda: v128, star: v128, e: v128, kappa: v128, gap: v128): void {
  addPair(low(lambda), low(star), low(e), low(kappa), low(gap));
  addPair(high(lambda), high(star), high(e), high(kappa), high(gap));
}

/** Store the means of all that was added. */
export function record(): void {
  const weight = 1 / <f64>dimension;
  weightedError = weight * sumPair(weightedErrors);
  squaredError = weight * sumPair(squaredErrors);
  curvature = weight * sumPair(curvatures);
  gradientNorm = weight * sumPair(gradientNorms);
  l1 = weight * sumPair(l1s);
  l2 = weight * sumPair(l2s);
  imbalance = weight * sumPair(imbalances);
  offSupport = weight * sumPair(offSupports);
}
