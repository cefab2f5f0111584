import { expect, test } from 'vitest';
import { factorDense, solveDense, solveFactored } from '../../src/math/dense.ts';

test('solves a system that needs pivots', () => {
  const a = [0, 2, 1, 1, 0, -1, 3, 1, 4];
  const x = [1, -2, 0.5];
  const b = Float64Array.from([0, 1, 2], (i) => x.reduce((sum, value, j) => sum + a[3 * i + j]! * value, 0));
  expect(solveDense(Float64Array.from(a), b)).toBe(true);
  b.forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 14));
});

test('refuses a singular one', () => {
  expect(solveDense(Float64Array.of(1, 2, 2, 4), Float64Array.of(1, 1))).toBe(false);
});

test('factors serve several right-hand sides', () => {
  const a = [0, 2, 1, 1, 0, -1, 3, 1, 4];
  const factors = Float64Array.from(a);
  const pivots = new Int32Array(3);
  expect(factorDense(factors, pivots)).toBe(true);
  for (const x of [
    [1, 0, 0],
    [2, -1, 5],
  ]) {
    // prettier-ignore
    const b = Float64Array.from([0, 1, 2], (i) => x.reduce((sum, value, j) => sum + a[3 * i + j]! * value, 0));
    solveFactored(factors, pivots, b);
    b.forEach((value, i) => expect(value).toBeCloseTo(x[i]!, 13));
  }
});
