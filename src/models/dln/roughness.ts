/** How well a grid resolves the maps of the limit on it. */
import type { Coefficients } from './feedback.ts';
import type { Equation } from './fokkerPlanck.ts';

/** Points that are near an end. */
const NEAR_END = 4;
/** Terms of E e², E e²κ, E κ and E β² up to factors, and their sums: all, with alternating signs, near the ends. */
const [terms, whole, alternating, cut] = [0, 1, 2, 3].map(() => new Float64Array(4)) as [
  Float64Array,
  Float64Array,
  Float64Array,
  Float64Array,
];

export interface Roughness {
  /**
   * Relative error of the widths that noise makes, as differences of the next lower order estimate that of X_z: root
   * mean square over the law of each class, by coordinates or by squared error, the largest of all.
   */
  readonly differences: number;
  /** Relative error of the trapezoid rule: the square of what half of the points are off by. */
  readonly rule: number;
}

/**
 * At the state y that `system` evaluated last.
 *
 * @param tau √t
 */
export function roughness(
  { map, reach: reaches, slope }: Equation,
  { batchSize, stepSizeAt }: Coefficients,
  tau: number,
  y: Float64Array,
  risk: number,
): Roughness {
  const { error, p, q, grid } = map;
  const { points, half, first, mass, density } = grid;
  const gamma = stepSizeAt(tau * tau);
  const noise = (gamma * gamma * risk) / batchSize;
  let largest = 0;
  let rule = 0;
  for (let i = 0; i < map.classes.length; i++) {
    const { eigenvalue } = map.classes[i];
    let sum = 0;
    let product = 0;
    let square = 0;
    whole.fill(0);
    alternating.fill(0);
    cut.fill(0);
    for (let j = 1, k = i * points + 1; j < points - 1; j++, k++) {
      const reach = Math.max(1, reaches[k] - 1);
      let lower = 0;
      for (let m = 1, row = reach * (half + 1) + 1; m <= reach; m++, row++) {
        lower += first[row] * (y[k + m] - y[k - m]);
      }
      // Variance that noise adds in the time that errors live, beside that of the law here.
      const forgetting = 1 / (tau * tau) + 4 * gamma * eigenvalue * (p[k] + q[k]);
      const width = slope[k] * density[j];
      const added = Math.min(1, (2 * noise * eigenvalue) / (forgetting * width * width));
      const relative = mass[j] * (added * (lower / slope[k] - 1)) ** 2;
      sum += relative;
      const squared = mass[j] * error[k] * error[k];
      product += relative * error[k] * error[k];
      square += squared;
      const sum2 = p[k] + q[k];
      const beta = p[k] - q[k];
      terms[0] = squared;
      terms[1] = squared * sum2;
      terms[2] = mass[j] * sum2;
      terms[3] = mass[j] * beta * beta;
      const sign = j % 2 === 0 ? 1 : -1;
      const atEnd = j <= NEAR_END || j >= points - 1 - NEAR_END;
      for (let m = 0; m < terms.length; m++) {
        whole[m] += terms[m];
        alternating[m] += sign * terms[m];
        if (atEnd) cut[m] += terms[m];
      }
    }
    if (square > 0) {
      largest = Math.max(largest, sum, product / square);
    }
    for (let m = 0; m < terms.length; m++) {
      // Finer grids do not help where sums are cut off at the ends.
      if (whole[m] > 0) rule = Math.max(rule, (Math.abs(alternating[m]) - cut[m]) / whole[m]);
    }
  }
  return { differences: Math.sqrt(largest), rule: rule * rule };
}

export type RoughnessOf = typeof roughness;
