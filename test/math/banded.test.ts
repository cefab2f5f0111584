import { expect, it } from 'vitest';
import { factorBanded, solveBanded } from '../../src/math/banded.ts';

it('solves banded systems in place, beside other blocks', () => {
  const [n, half, offset, at] = [12, 3, 5, 2];
  const width = 2 * half + 1;
  const entries = new Float64Array(offset + n * width);
  const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
  const right = new Float64Array(at + n).fill(9);
  for (let i = 0; i < n; i++) {
    right[at + i] = 0;
    for (let j = Math.max(0, i - half); j <= Math.min(n - 1, i + half); j++) {
      const entry = i === j ? 8 : Math.cos(3 * i + 5 * j);
      entries[offset + i * width + half + j - i] = entry;
      right[at + i] += entry * x[j];
    }
  }
  expect(factorBanded(entries, offset, n, half)).toBe(true);
  solveBanded(entries, offset, n, half, right, at);
  x.forEach((value, i) => expect(right[at + i]).toBeCloseTo(value, 13));
  expect([right[0], right[1], entries[0]]).toEqual([9, 9, 0]);
});

it('reports a vanishing pivot', () => {
  expect(factorBanded(new Float64Array(6), 0, 2, 1)).toBe(false);
});
