import { describe, expect, it } from 'vitest';
import { besselK0, besselRule } from '../../src/math/bessel.ts';

describe('K₀', () => {
  it('has tabulated values', () => {
    expect(besselK0(1)).toBeCloseTo(0.42102443824070834, 15);
    expect(besselK0(1e-3)).toBeCloseTo(7.0236888005623, 12);
    expect(besselK0(30) / 2.1324774964630566e-14).toBeCloseTo(1, 12);
  });

  it('its law has the moments of a product of two half-normal variables', () => {
    const rule = besselRule(16);
    const mean = (f: (x: number) => number): number =>
      rule.reduce((sum, { value, weight }) => sum + weight * f(value), 0);
    expect(mean(() => 1)).toBeCloseTo(1, 13);
    expect(mean((x) => x)).toBeCloseTo(2 / Math.PI, 12);
    expect(mean((x) => x ** 2)).toBeCloseTo(1, 11);
    const euler = 0.5772156649015329;
    expect(mean(Math.log)).toBeCloseTo(-euler - Math.LN2, 6);
    // Converged when nodes more than double.
    const fine = besselRule(40).reduce((sum, { value, weight }) => sum + weight * Math.exp(-value), 0);
    expect(mean((x) => Math.exp(-x))).toBeCloseTo(fine, 9);
  });
});
