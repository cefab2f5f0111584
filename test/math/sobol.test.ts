import { expect, test } from 'vitest';
import { SOBOL_DIMENSIONS, sobol } from '../../src/math/sobol.ts';

function points(dimension: number, count: number, shift = 0): Float64Array {
  const out = new Float64Array(count);
  sobol(dimension, shift, out);
  return out;
}

const dimensions = Array.from({ length: SOBOL_DIMENSIONS }, (_, d) => d);

test.each(dimensions)(
  'coordinate %s: 64 points, one in each of 64 intervals, shifted or not',
  (dimension) => {
    for (const shift of [0, 0x9e3779b9]) {
      const cells = [...points(dimension, 64, shift)].map((u) => Math.floor(64 * u));
      expect(cells.sort((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, i) => i));
    }
  },
);

test.each([1, 2])('coordinates 0 and 1: 64 points, one in each rectangle of area 1/64; %s', (seed) => {
  const [x, y] = [points(0, 64, seed * 0x51ed270b), points(1, 64, seed * 0x2545f491)];
  for (let across = 0; across <= 6; across++) {
    const cells = Array.from(
      x,
      (u, i) => Math.floor(u * 2 ** across) * 64 + Math.floor(y[i] * 2 ** (6 - across)),
    );
    expect(new Set(cells).size).toBe(64);
  }
});

test('a smooth mean over five coordinates has an error far below that of random points', () => {
  const all = [0, 1, 2, 3, 4].map((d) => points(d, 4096, 77777 * (d + 1)));
  let sum = 0;
  for (let i = 0; i < 4096; i++) sum += all.reduce((product, u) => product * (0.5 + u[i]), 1);
  expect(Math.abs(sum / 4096 - 1)).toBeLessThan(1e-3);
});
