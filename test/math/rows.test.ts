import { expect, test } from 'vitest';
import { plainRows } from '../../src/math/rows.ts';

test.each([
  [3, 5],
  [1, 1500],
  [6, 2500],
  [8, 1024],
])('products of %s rows of length %s', (count, width) => {
  const rows = plainRows.rows(count + 1, width);
  const entries = Array.from({ length: count + 1 }, (_, l) =>
    Float64Array.from({ length: width }, (_value, i) => Math.sin(l + 2) * Math.cos(i * (l + 1))),
  );
  entries.forEach((values, l) => rows.set(l, values));
  const vector = Float64Array.from({ length: width }, (_, i) => Math.sin(3 * i));
  const factors = Float64Array.from({ length: count }, (_, l) => 1 / (l + 1));
  const dots = new Float64Array(count);
  rows.dots(vector, count, dots);
  const sum = vector.slice();
  rows.addTo(sum, factors, count);
  for (let l = 0; l < count; l++) {
    const expected = vector.reduce((total, v, i) => total + v * entries[l][i], 0);
    expect(dots[l]).toBeCloseTo(expected, 9);
  }
  const at = width >> 1;
  const expected = factors.reduce((total, f, l) => total + f * entries[l][at], vector[at]);
  expect(sum[at]).toBeCloseTo(expected, 12);
});
