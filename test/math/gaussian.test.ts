import { describe, expect, it } from 'vitest';
import { normalDensity, normalQuantile } from '../../src/math/gaussian.ts';
import { gaussLegendre } from '../../src/math/quadrature.ts';

describe('normal quantile', () => {
  it('has tabulated values', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 14);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 13);
  });

  it('inverts the integral of the density in all three branches', () => {
    const rule = gaussLegendre(80);
    for (const p of [0.3, 0.0751, 0.01, 1e-6, 1e-12, 1e-20]) {
      const z = normalQuantile(p);
      // ∫_{−∞}^z φ = ∫_0^1 20 φ(z − 20 s) ds up to the mass beyond z − 20
      const mass = rule.reduce(
        (sum, { value, weight }) => sum + weight * 20 * normalDensity(z - 20 * value),
        0,
      );
      expect(mass / p).toBeCloseTo(1, 12);
    }
  });

  it('is odd about one half', () => {
    for (const p of [0.4, 0.125, 2 ** -10]) expect(normalQuantile(1 - p)).toBe(-normalQuantile(p));
  });
});
