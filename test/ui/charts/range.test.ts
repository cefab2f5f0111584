import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linearRange, logRange } from '../../../src/ui/charts/range.ts';

const exponent = fc.double({ min: -25, max: 30, noNaN: true });

describe('log range', () => {
  test('contains the data, is positive and wastes less than 40 % of the axis', () => {
    fc.assert(
      fc.property(exponent, exponent, (a, b) => {
        const extent = { min: 10 ** Math.min(a, b), max: 10 ** Math.max(a, b) };
        const { min, max } = logRange(extent);
        expect(min).toBeGreaterThan(0);
        expect(min).toBeLessThan(extent.min);
        expect(max).toBeGreaterThan(extent.max);
        const used = Math.log10(extent.max / extent.min);
        expect(Math.log10(max / min)).toBeLessThanOrEqual(Math.max(0.45, used / 0.6));
      }),
      { seed: 1 },
    );
  });

  test('shows a guide near the data and leaves out one that would flatten them', () => {
    const extent = { min: 0.4, max: 1 };
    expect(logRange(extent, [4]).max).toBeGreaterThan(4);
    expect(logRange(extent, [4000])).toEqual(logRange(extent));
    expect(logRange(extent, [0])).toEqual(logRange(extent));
  });
});

describe('linear range', () => {
  test('starts at zero for data that come near it, and not otherwise', () => {
    expect(linearRange({ min: 0.01, max: 1 })).toEqual({ min: 0, max: expect.closeTo(1.05, 6) });
    expect(linearRange({ min: 0.9, max: 1 }).min).toBeGreaterThan(0.8);
    expect(linearRange({ min: -1, max: 1 }).min).toBeLessThan(-1);
  });

  test('gives a flat line an axis around it', () => {
    for (const level of [0, 1, -3, 1e-9]) {
      const { min, max } = linearRange({ min: level, max: level });
      expect(min).toBeLessThanOrEqual(level);
      expect(max).toBeGreaterThan(level);
    }
  });
});
