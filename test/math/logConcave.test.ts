import { describe, expect, it } from 'vitest';
import { transportFromNormal } from '../../src/math/logConcave.ts';
import { normalDensity } from '../../src/math/gaussian.ts';

describe('quantile maps of log-concave laws', () => {
  it('a normal law gives a linear map, far into the tails', () => {
    const map = transportFromNormal({ value: (x) => 2 * x * x, rise: (x, s) => 2 * s * (2 * x + s) });
    for (const z of [-8, -3, 0, 0.1, 1, 6.5]) expect(map(z)).toBeCloseTo(z / 2, 11);
  });

  it.each([1e-6, 0.01, 1, 20])('exp(−%d·cosh 2ξ): density times slope is the normal density', (x) => {
    const map = transportFromNormal({
      value: (xi) => 2 * x * Math.sinh(xi) ** 2,
      rise: (xi, s) => 2 * x * Math.sinh(2 * xi + s) * Math.sinh(s),
    });
    const density = (z: number): number => {
      const h = 1e-3;
      const slope = (8 * (map(z + h) - map(z - h)) - (map(z + 2 * h) - map(z - 2 * h))) / (12 * h);
      return Math.exp(-2 * x * Math.sinh(map(z)) ** 2) * slope;
    };
    for (const z of [0.5, 2, 4, 6]) {
      expect((density(z) / normalDensity(z)) * (normalDensity(0) / density(0))).toBeCloseTo(1, 7);
      expect(map(-z)).toBe(-map(z));
    }
  });
});
