/** The modified Bessel function K₀ and the law whose density it is. */
import { discreteRecurrence, gaussRule, type Rule } from './quadrature.ts';

/** Spacing at which the trapezoid rule has converged to rounding for functions analytic in |Im| < π/2. */
const SPACING = 0.1;

/** K₀(x) = ∫_0^∞ exp(−x cosh s) ds, x > 0. */
export function besselK0(x: number): number {
  let sum = 0.5 * Math.exp(-x);
  for (let s = SPACING; ; s += SPACING) {
    const term = Math.exp(-x * Math.cosh(s));
    sum += term;
    if (!(term > 1e-18 * sum)) return SPACING * sum;
  }
}

/** Functions singular like ln x at 0 are nearly smooth in x^{1/ROOT}. */
const ROOT = 5;

/**
 * Rule for the density (2/π)K₀(x) on x > 0, the law of the product of two standard half-normal variables; exact for
 * polynomials in x^{1/5} of degree below 2·nodes.
 */
export function besselRule(nodes: number): Rule {
  const points = [];
  for (let s = -60; s < Math.log(60); s += SPACING) {
    const x = Math.exp(s);
    points.push({ value: x ** (1 / ROOT), weight: x * besselK0(x) });
  }
  return gaussRule(discreteRecurrence(points, nodes)).map(({ value, weight }) => ({
    value: value ** ROOT,
    weight,
  }));
}
