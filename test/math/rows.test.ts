import { expect, test } from 'vitest';
import { Rows } from '../../src/math/rows.ts';

test.each([
  [3, 5],
  [1, 1500],
  [6, 2500],
  [8, 1024],
])('products of %s rows of length %s', (count, width) => {
  const rows = new Rows(count + 1, width);
  for (let l = 0; l <= count; l++)
    rows.row(l).forEach((_, i, row) => (row[i] = Math.sin(l + 2) * Math.cos(i * (l + 1))));
  const vector = Float64Array.from({ length: width }, (_, i) => Math.sin(3 * i));
  const factors = Float64Array.from({ length: count }, (_, l) => 1 / (l + 1));
  const dots = new Float64Array(count);
  rows.dots(vector, count, dots);
  const sum = vector.slice();
  rows.addTo(sum, factors, count);
  for (let l = 0; l < count; l++) {
    const expected = vector.reduce((total, v, i) => total + v * rows.row(l)[i], 0);
    expect(dots[l]).toBeCloseTo(expected, 9);
  }
  const at = width >> 1;
  const expected = factors.reduce((total, f, l) => total + f * rows.row(l)[at], vector[at]);
  expect(sum[at]).toBeCloseTo(expected, 12);
});
