import { expect, test } from 'vitest';
import { erf } from '../../src/math/erf.ts';

test('erf has its known values', () => {
  const known = [
    [0, 0],
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2, 0.9953222650189527],
    [3, 0.9999779095030014],
    [7, 1],
  ] as const;
  for (const [x, value] of known) {
    expect(Math.abs(erf(x) - value)).toBeLessThan(3e-16);
    expect(erf(-x) + erf(x)).toBe(0);
  }
  expect(erf(1e-12) / 1e-12).toBeCloseTo(2 / Math.sqrt(Math.PI), 14);
});

test('series and continued fraction meet', () => {
  expect(erf(2.5 + 1e-12) - erf(2.5)).toBeCloseTo(0, 14);
  for (const x of [2.4, 2.5, 2.7, 4]) {
    const slope = (erf(x + 1e-4) - erf(x - 1e-4)) / 2e-4;
    expect(slope / ((2 / Math.sqrt(Math.PI)) * Math.exp(-x * x))).toBeCloseTo(1, 5);
  }
});
