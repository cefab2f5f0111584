/** The trapezoid rule for |g| where g is smooth but changes sign between grid points. */
import { fornbergWeights } from './finiteDifferences.ts';

/** B_k(x)/k! for k = 2 … 8: coefficients of ascending powers. */
const BERNOULLI = [
  [1 / 12, -1 / 2, 1 / 2],
  [0, 1 / 12, -1 / 4, 1 / 6],
  [-1 / 720, 0, 1 / 24, -1 / 12, 1 / 24],
  [0, -1 / 720, 0, 1 / 72, -1 / 48, 1 / 120],
  [1 / 30240, 0, -1 / 1440, 0, 1 / 288, -1 / 240, 1 / 720],
  [0, 1 / 30240, 0, -1 / 4320, 0, 1 / 1440, -1 / 1440, 1 / 5040],
  [-1 / 1209600, 0, 1 / 60480, 0, -1 / 17280, 0, 1 / 8640, -1 / 10080, 1 / 40320],
];

const WIDTH = 9;
const NODES = Float64Array.from({ length: WIDTH }, (_, k) => k);

function combine(weights: Float64Array, row: number, values: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < WIDTH; k++) sum += weights[row * WIDTH + k] * values[k];
  return sum;
}

/**
 * Σ mass·|value| plus the terms of the Euler–Maclaurin formula at the sign change (order 8 in the spacing).
 *
 * @param values increasing along the grid
 * @param mass quadrature weights, a smooth function of the grid point that vanishes at both ends
 * @param offset,points the part of `values` that belongs to the grid, at least 9 points
 */
export function absoluteSum(
  values: Float64Array,
  mass: Float64Array,
  offset: number,
  points: number,
): number {
  let sum = 0;
  let right = 0;
  for (let j = 0; j < points; j++) {
    sum += mass[j] * Math.abs(values[offset + j]);
    if (values[offset + j] < 0) right = j + 1;
  }
  if (right === 0 || right === points) return sum;
  const first = Math.min(Math.max(right - (WIDTH + 1) / 2, 0), points - WIDTH);
  const local = values.slice(offset + first, offset + first + WIDTH);
  const below = local[right - 1 - first];
  let root = right - first - local[right - first] / (local[right - first] - below);
  for (let i = 0; i < 4; i++) {
    const weights = fornbergWeights(root, NODES, 1);
    const step = combine(weights, 0, local) / combine(weights, 1, local);
    // Where the values grow too fast for a polynomial the root stays where linear interpolation puts it.
    if (!(root - step >= right - 1 - first && root - step <= right - first)) break;
    root -= step;
    if (Math.abs(step) < 1e-12) break;
  }
  const product = local.map((value, k) => value * mass[first + k]);
  const weights = fornbergWeights(root, NODES, BERNOULLI.length);
  const distance = right - first - root;
  BERNOULLI.forEach((polynomial, k) => {
    let value = 0;
    for (let i = polynomial.length - 1; i >= 0; i--) value = value * distance + polynomial[i];
    sum += 2 * value * combine(weights, k + 1, product);
  });
  return sum;
}
