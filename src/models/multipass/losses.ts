/** Pairs of loss and label (theory: multi-pass SGD, section 0), with the derivatives in the preactivation r. */

/** Arrays are of equal length, entry i belonging to sample or path i. */
export interface LossPair {
  /** y from the teacher's preactivation r* and the noise σε. */
  label(teacher: number, noise: number): number;
  /** About the largest |ℓ″| for labels without noise. */
  readonly steepest: number;
  /** ℓ(r; y) */
  value(r: number, y: number): number;
  /** ℓ′(r; y) to `slope`, ℓ″(r; y) to `curvature`, ℓ(r; y) to `loss` if there is one; returns the sum of ℓ(r; y). */
  derivatives(
    r: Float64Array,
    y: Float64Array,
    slope: Float64Array,
    curvature: Float64Array,
    loss?: Float64Array,
  ): number;
}

export type LossName = 'leastSquares' | 'logisticSign' | 'tanh' | 'phase';

const leastSquares: LossPair = {
  label: (teacher, noise) => teacher + noise,
  steepest: 1,
  value: (r, y) => (r - y) ** 2 / 2,
  derivatives(r, y, slope, curvature, loss) {
    let sum = 0;
    for (let i = 0; i < r.length; i++) {
      slope[i] = r[i] - y[i];
      curvature[i] = 1;
      const own = slope[i] ** 2 / 2;
      if (loss) loss[i] = own;
      sum += own;
    }
    return sum;
  },
};

/** ln(1 + e^x) without overflow. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

const logisticSign: LossPair = {
  label: (teacher, noise) => (teacher + noise < 0 ? -1 : 1),
  steepest: 0.25,
  value: (r, y) => softplus(-y * r),
  derivatives(r, y, slope, curvature, loss) {
    let sum = 0;
    for (let i = 0; i < r.length; i++) {
      const margin = y[i] * r[i];
      const small = Math.exp(-Math.abs(margin));
      // The probability that the model gives to the other label.
      const wrong = (margin > 0 ? small : 1) / (1 + small);
      slope[i] = -y[i] * wrong;
      curvature[i] = wrong * (1 - wrong);
      const own = Math.max(-margin, 0) + Math.log1p(small);
      if (loss) loss[i] = own;
      sum += own;
    }
    return sum;
  },
};

/** tanh x by one exponential, absolute error 1e-16: Math.tanh takes twice the time. */
export function tangent(x: number): number {
  return 1 - 2 / (Math.exp(2 * x) + 1);
}

const tanh: LossPair = {
  label: (teacher, noise) => Math.tanh(teacher) + noise,
  steepest: 1.23,
  value: (r, y) => (Math.tanh(r) - y) ** 2 / 2,
  derivatives(r, y, slope, curvature, loss) {
    let sum = 0;
    for (let i = 0; i < r.length; i++) {
      const g = tangent(r[i]);
      const rise = 1 - g * g;
      slope[i] = (g - y[i]) * rise;
      curvature[i] = rise * rise - 2 * g * slope[i];
      const own = (g - y[i]) ** 2 / 2;
      if (loss) loss[i] = own;
      sum += own;
    }
    return sum;
  },
};

const phase: LossPair = {
  label: (teacher, noise) => Math.tanh(teacher * teacher) + noise,
  steepest: 2,
  value: (r, y) => (Math.tanh(r * r) - y) ** 2 / 2,
  derivatives(r, y, slope, curvature, loss) {
    let sum = 0;
    for (let i = 0; i < r.length; i++) {
      const square = r[i] * r[i];
      const g = tangent(square);
      const rise = 2 * r[i] * (1 - g * g);
      slope[i] = (g - y[i]) * rise;
      curvature[i] = rise * rise + (g - y[i]) * 2 * (1 - g * g) * (1 - 4 * square * g);
      const own = (g - y[i]) ** 2 / 2;
      if (loss) loss[i] = own;
      sum += own;
    }
    return sum;
  },
};

export const losses: Readonly<Record<LossName, LossPair>> = { leastSquares, logisticSign, tanh, phase };
