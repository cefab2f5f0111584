import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatTicks } from '../../../src/ui/charts/format.ts';
import { linearTicks, logTicks, niceStep, ticksOf } from '../../../src/ui/charts/ticks.ts';

const counts = fc.integer({ min: 2, max: 12 });

function expectTicks(ticks: readonly number[], min: number, max: number): void {
  const slack = 1e-6 * Math.max(Math.abs(min), Math.abs(max));
  expect(ticks.filter((tick) => !(tick >= min - slack && tick <= max + slack))).toEqual([]);
  expect([...ticks].sort((a, b) => a - b)).toEqual(ticks);
  expect(new Set(formatTicks(ticks)).size).toBe(ticks.length);
}

test('niceStep is the smallest nice number that is large enough', () => {
  expect([0.011, 0.02, 0.3, 1, 4.9, 6].map(niceStep)).toEqual([0.02, 0.02, 0.5, 1, 5, 10]);
});

describe('log ticks', () => {
  test('lie in the range, increase, have different labels and are between 2 and about the wanted number', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -30, max: 20, noNaN: true }),
        fc.double({ min: 0.3, max: 50, noNaN: true }),
        counts,
        (low, decades, count) => {
          const [min, max] = [10 ** low, 10 ** (low + decades)];
          const { major, minor } = logTicks(min, max, count);
          expectTicks(major, min, max);
          expect(major.length).toBeGreaterThanOrEqual(1);
          expect(major.length).toBeLessThanOrEqual(count + 2);
          for (const tick of minor) expect(major).not.toContain(tick);
        },
      ),
      { seed: 1 },
    );
  });

  test('a range of 60 decades is divided by exact powers of ten', () => {
    const { major } = logTicks(1e-40, 1e20, 7);
    expect(major).toEqual([1e-40, 1e-30, 1e-20, 1e-10, 1, 1e10, 1e20]);
  });

  test('less than two decades show digits between the powers', () => {
    expect(logTicks(0.5, 20, 6).major).toEqual([0.5, 1, 2, 5, 10, 20]);
  });
});

test('linear ticks are multiples of one nice step, exact in decimal', () => {
  expect(linearTicks(0, 1, 5).major).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(linearTicks(-0.3, 0.31, 6).major).toEqual([-0.2, 0, 0.2]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      counts,
      (min, size, count) => {
        const { major } = ticksOf({ range: { min, max: min + size }, log: false }, count);
        expect(major.filter((tick) => tick < min - 1e-6 * size || tick > min + 1.000001 * size)).toEqual([]);
        expect([...new Set(major)].sort((a, b) => a - b)).toEqual(major);
        expect(major.length).toBeLessThanOrEqual(count + 1);
      },
    ),
    { seed: 1 },
  );
});
