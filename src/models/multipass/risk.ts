/**
 * The population risk E ℓ(w; y) as a function of q = E w², m = E ww*, q* = E w*² (theory: multi-pass SGD, section 1,
 * observables). Preactivations of fresh samples are Gaussian, which leaves closed forms and sums of a few terms.
 */
import { normalDensity } from '../../math/gaussian.ts';
import { logisticMixture } from '../../math/logisticMixture.ts';
import { gradedRule } from '../../math/quadrature.ts';
import { softplus, type LossName } from './losses.ts';

/** E ℓ(w; y); σ is the label noise. Absolute error below 1e-10. */
type Risk = (q: number, m: number, teacherNorm: number, labelNoise: number) => number;

const leastSquares: Risk = (q, m, teacherNorm, labelNoise) => (q - 2 * m + teacherNorm + labelNoise ** 2) / 2;

/** |Z| of a standard normal Z; beyond 8.3 lies 1e-16 of its law. */
const HALF_NORMAL = gradedRule(60, 8.3, 0.02, normalDensity);

/** ℓ = softplus(−|w|) + (−yw)₊; the second mean is that of |w| on the side that w* + σε is not. */
const logisticSign: Risk = (q, m, teacherNorm, labelNoise) => {
  const deviation = Math.sqrt(q);
  let smooth = 0;
  for (const { value, weight } of HALF_NORMAL) smooth += weight * softplus(-deviation * value);
  return smooth + (deviation - m / Math.sqrt(teacherNorm + labelNoise ** 2)) / Math.sqrt(2 * Math.PI);
};

/** tanh w = 2S(2w) − 1 = E erf(w/(√2 s)): squares of the widths s, half those of the logistic function S. */
const WIDTHS = logisticMixture(14).map(({ value, weight }) => ({ square: (value / 2) ** 2, weight }));

/** E tanh w tanh w*: products of erf of Gaussian variables have arcsines as means. */
export function tanhProduct(q: number, m: number, teacherNorm: number): number {
  let sum = 0;
  for (const a of WIDTHS) {
    for (const b of WIDTHS) {
      const sine = m / Math.sqrt((q + a.square) * (teacherNorm + b.square));
      sum += a.weight * b.weight * Math.asin(sine);
    }
  }
  return (2 / Math.PI) * sum;
}

const tanh: Risk = (q, m, teacherNorm, labelNoise) =>
  (tanhProduct(q, q, q) -
    2 * tanhProduct(q, m, teacherNorm) +
    tanhProduct(teacherNorm, teacherNorm, teacherNorm) +
    labelNoise ** 2) /
  2;

const TERMS = 18;

/**
 * 1 − tanh x ≈ Σₖ cₖ e^{−2kx}, k = 1 … 18, for all x ≥ 0 with error 1e-13: the alternating series 2Σ (−1)^{k+1} e^{−2kx}
 * with the Chebyshev weights of Cohen, Rodriguez Villegas and Zagier (2000), algorithm 1.
 */
const COEFFICIENTS = (() => {
  const root = (3 + Math.sqrt(8)) ** TERMS;
  const d = (root + 1 / root) / 2;
  const coefficients = new Float64Array(TERMS);
  let b = -1;
  let c = -d;
  for (let k = 0; k < TERMS; k++) {
    c = b - c;
    coefficients[k] = (2 * c) / d;
    b *= ((k + TERMS) * (k - TERMS)) / ((k + 0.5) * (k + 1));
  }
  return coefficients;
})();

/** E (1 − tanh w²)(1 − tanh w*²): each product of exponentials has a Gaussian mean. */
function complementProduct(q: number, m: number, teacherNorm: number): number {
  let sum = 0;
  const apart = Math.max(0, q * teacherNorm - m * m);
  for (let k = 1; k <= TERMS; k++) {
    for (let l = 1; l <= TERMS; l++) {
      const determinant = 1 + 4 * k * q + 4 * l * teacherNorm + 16 * k * l * apart;
      sum += (COEFFICIENTS[k - 1] * COEFFICIENTS[l - 1]) / Math.sqrt(determinant);
    }
  }
  return sum;
}

const phase: Risk = (q, m, teacherNorm, labelNoise) =>
  (complementProduct(q, q, q) -
    2 * complementProduct(q, m, teacherNorm) +
    complementProduct(teacherNorm, teacherNorm, teacherNorm) +
    labelNoise ** 2) /
  2;

export const risks: Readonly<Record<LossName, Risk>> = { leastSquares, logisticSign, tanh, phase };

/** Cosine of the angle between weights and teacher, 0 where the weights are 0. */
export function cosine(q: number, m: number, teacherNorm: number): number {
  return q > 0 ? Math.min(1, Math.max(-1, m / Math.sqrt(q * teacherNorm))) : 0;
}

/** Probability that sgn w differs from sgn w* on a fresh sample. */
export function classificationError(q: number, m: number, teacherNorm: number): number {
  return Math.acos(cosine(q, m, teacherNorm)) / Math.PI;
}
