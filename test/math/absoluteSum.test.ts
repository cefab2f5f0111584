import { describe, expect, it } from 'vitest';
import { absoluteSum } from '../../src/math/absoluteSum.ts';
import { normalDensity, normalQuantile } from '../../src/math/gaussian.ts';

function grid(spacing: number): Float64Array {
  const half = Math.round(7 / spacing);
  return Float64Array.from({ length: 2 * half + 1 }, (_, j) => (j - half) * spacing);
}

describe('sums of absolute values', () => {
  // E|Z − a| = 2φ(a) + a(2Φ(a) − 1); Φ by its inverse.
  it.each([0.3, 0.5, 0.66, 0.975])('E|Z − a| for every position of the kink: P(Z < a) = %d', (p) => {
    const a = normalQuantile(p);
    const z = grid(0.15);
    const sum = absoluteSum(
      z.map((x) => x - a),
      z.map((x) => 0.15 * normalDensity(x)),
      0,
      z.length,
    );
    expect(sum).toBeCloseTo(2 * normalDensity(a) + a * (2 * p - 1), 8);
  });

  it('gains order 8 where the plain sum has order 2', () => {
    const exact = Math.exp(0.5 * 0.25) * 0.3829249225480262; // E|sinh(Z/2)| = e^{1/8}(2Φ(½) − 1)
    const errors = [0.4, 0.2].map((spacing) => {
      const z = grid(spacing);
      const values = z.map((x) => Math.sinh(0.5 * x));
      return Math.abs(
        absoluteSum(
          values,
          z.map((x) => spacing * normalDensity(x)),
          0,
          z.length,
        ) - exact,
      );
    });
    expect(Math.log2(errors[0] / errors[1])).toBeGreaterThan(7);
  });

  it('is the plain sum where nothing changes sign', () => {
    const values = Float64Array.from({ length: 12 }, (_, i) => i + 1);
    expect(absoluteSum(values, new Float64Array(12).fill(1), 0, 12)).toBe(78);
    expect(
      absoluteSum(
        values.map((x) => x - 20),
        new Float64Array(12).fill(1),
        0,
        12,
      ),
    ).toBe(162);
  });
});
