import { describe, expect, it } from 'vitest';
import {
  discreteRecurrence,
  gaussLegendre,
  gaussRule,
  gradedRule,
  powerRecurrence,
  type Rule,
} from '../../src/math/quadrature.ts';

function integrate(rule: Rule, f: (x: number) => number): number {
  return rule.reduce((sum, { value, weight }) => sum + weight * f(value), 0);
}

describe('Gauss rules', () => {
  it('Gauss–Legendre with n nodes is exact to degree 2n − 1 and not beyond', () => {
    const rule = gaussLegendre(5);
    for (let k = 0; k < 10; k++) expect(integrate(rule, (x) => x ** k)).toBeCloseTo(1 / (k + 1), 14);
    expect(Math.abs(integrate(rule, (x) => x ** 10) - 1 / 11)).toBeGreaterThan(1e-8);
  });

  it.each([-0.96, -0.5, 0.3, 7, 997])('Gauss–Jacobi against x^%d has the moments of a beta law', (q) => {
    const rule = gaussRule(powerRecurrence(8, q));
    for (let k = 0; k < 16; k++) {
      expect(integrate(rule, (x) => x ** k) / ((q + 1) / (q + k + 1))).toBeCloseTo(1, 11);
    }
  });

  it('the rule of a discrete measure with as many nodes as atoms is that measure', () => {
    const atoms = [
      { value: -1, weight: 0.25 },
      { value: 0.5, weight: 0.5 },
      { value: 3, weight: 0.25 },
    ];
    gaussRule(discreteRecurrence(atoms, 3)).forEach(({ value, weight }, i) => {
      expect(value).toBeCloseTo(atoms[i].value, 13);
      expect(weight).toBeCloseTo(atoms[i].weight, 13);
    });
  });

  it('a graded rule resolves every scale', () => {
    const rule = gradedRule(40, 10, 0.1, (x) => Math.exp(-x));
    const mass = 1 - Math.exp(-10);
    for (const rate of [0, 1, 10, 100]) {
      const exact = (1 - Math.exp(-10 * (1 + rate))) / (1 + rate) / mass;
      expect(integrate(rule, (x) => Math.exp(-rate * x)) / exact).toBeCloseTo(1, 9);
    }
  });
});
