/**
 * Logistic regression f = log(1 + eʳ) − y r (theory: multi-index models, section 2), y = 1 with probability S(r*) or
 * where r* > 0. With S a mixture of Φ(·/σ) (src/math/logisticMixture.ts) every integral is a mean over σ, exact to
 * rounding; with 6 nodes the same sums are good to 2e-8, which suits float32.
 */
import { logisticMixture } from '../../math/logisticMixture.ts';
import type { Loss } from './loss.ts';
import { pairOf } from './pair.ts';

const rule = logisticMixture(14);
const NODES = rule.length;
const WEIGHT = Float64Array.from(rule, ({ weight }) => weight / Math.sqrt(2 * Math.PI));
const SHARE = Float64Array.from(rule, ({ weight }) => weight);
const VARIANCE = Float64Array.from(rule, ({ value }) => value * value);
const TAU = 2 * Math.PI;

/** Logistic function, without overflow. */
export const logistic01 = (x: number): number => 1 / (1 + Math.exp(-x));

/** E S′(r) for r ~ N(0, v). */
export function logisticSlope(v: number): number {
  let sum = 0;
  for (let k = 0; k < NODES; k++) sum += WEIGHT[k]! / Math.sqrt(VARIANCE[k]! + v);
  return sum;
}

/** E log(1 + eʳ) for r ~ N(0, v). */
export function logisticPotential(v: number): number {
  let sum = Math.LN2;
  for (let k = 0; k < NODES; k++)
    sum += (WEIGHT[k]! * v) / (Math.sqrt(VARIANCE[k]! + v) + Math.sqrt(VARIANCE[k]!));
  return sum;
}

/** E τ(r)τ(r*), τ = tanh(·/2)/2 = S − ½, for centred normal outputs with variances p, s and covariance q. */
export function tauProduct(p: number, q: number, s: number, determinant: number): number {
  let sum = 0;
  for (let k = 0; k < NODES; k++) {
    for (let j = 0; j < NODES; j++) {
      const [a, b] = [VARIANCE[k]!, VARIANCE[j]!];
      sum += SHARE[k]! * SHARE[j]! * Math.atan2(q, Math.sqrt(a * b + a * s + b * p + determinant));
    }
  }
  return sum / TAU;
}

/** E τ(r)² for r ~ N(0, v). */
export function tauSquare(v: number): number {
  let sum = 0;
  for (let k = 0; k < NODES; k++) {
    for (let j = 0; j <= k; j++) {
      const [a, b] = [VARIANCE[k]!, VARIANCE[j]!];
      const term = SHARE[k]! * SHARE[j]! * Math.atan2(v, Math.sqrt(a * b + (a + b) * v));
      sum += j < k ? 2 * term : term;
    }
  }
  return sum / TAU;
}

/** E τ(r) sign(r*)/2 */
export function tauSign(q: number, s: number, determinant: number): number {
  let sum = 0;
  for (let k = 0; k < NODES; k++) {
    sum += SHARE[k]! * Math.atan2(q, Math.sqrt(VARIANCE[k]! * s + determinant));
  }
  return sum / TAU;
}

/** Labels are Bernoulli(S(r*)). The risk is smallest, but not 0, at X = X*; the gradient is bounded, and never 0. */
export const logistic: Loss = {
  name: 'logistic',
  students: 1,
  teachers: 1,
  matched: true,
  even: false,
  label: 'uniform',
  excessRisk(moments) {
    const { error, cross, p, s } = pairOf(moments);
    const excess = 2 * cross + error; // p − s
    let sum = 0;
    for (let k = 0; k < NODES; k++) {
      const own = Math.sqrt(VARIANCE[k]! + p);
      const best = Math.sqrt(VARIANCE[k]! + s);
      sum += (WEIGHT[k]! / (own + best)) * (error - (cross * excess) / (best * (own + best)));
    }
    return sum;
  },
  lowestRisk: (moments) => logisticPotential(moments[3]!) - moments[3]! * logisticSlope(moments[3]!),
  meanGradient(moments, out) {
    const { error, cross, p, s } = pairOf(moments);
    out.fill(0);
    for (let k = 0; k < NODES; k++) {
      const own = Math.sqrt(VARIANCE[k]! + p);
      const best = Math.sqrt(VARIANCE[k]! + s);
      out[0]! += WEIGHT[k]! / own;
      out[1]! -= (WEIGHT[k]! * (2 * cross + error)) / (own * best * (own + best));
    }
  },
  gradientCovariance(moments, _, out) {
    const { p, q, s, determinant } = pairOf(moments);
    out[0] = 0.25 + tauSquare(p) - 2 * tauProduct(p, q, s, determinant);
  },
  gradient(outputs, uniform, out) {
    const teacher = outputs[1]!;
    out[0] = logistic01(outputs[0]! + teacher) - (uniform < logistic01(teacher) ? 1 : 0);
  },
};

/** Labels are 1{r* > 0}: separable, so the risk goes to 0 only as X grows without bound along X*. */
export const logisticSign: Loss = {
  name: 'logisticSign',
  students: 1,
  teachers: 1,
  matched: false,
  even: false,
  label: 'none',
  excessRisk(moments) {
    const [p, q, s] = [moments[0]!, moments[1]!, moments[3]!];
    // E log(1 + e^{−|r|}), and E|r| where student and teacher disagree.
    let sum = 0;
    for (let k = 0; k < NODES; k++)
      sum += (WEIGHT[k]! * VARIANCE[k]!) / (Math.sqrt(VARIANCE[k]! + p) + Math.sqrt(p));
    const product = Math.sqrt(p * s);
    const gap = q > 0 ? Math.max(p * s - q * q, 0) / (product + q) : product - q;
    return sum + gap / Math.sqrt(TAU * s);
  },
  lowestRisk: () => 0,
  meanGradient(moments, out) {
    out[0] = logisticSlope(moments[0]!);
    out[1] = -1 / Math.sqrt(TAU * moments[3]!);
  },
  gradientCovariance(moments, _, out) {
    const [p, q, s] = [moments[0]!, moments[1]!, moments[3]!];
    out[0] = 0.25 + tauSquare(p) - 2 * tauSign(q, s, Math.max(p * s - q * q, 0));
  },
  gradient(outputs, _, out) {
    out[0] = logistic01(outputs[0]!) - (outputs[1]! > 0 ? 1 : 0);
  },
};
