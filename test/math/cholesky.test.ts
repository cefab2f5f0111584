import { expect, test } from 'vitest';
import { cholesky } from '../../src/math/cholesky.ts';

test.each([
  ['positive definite', [4, 2, -1, 2, 3, 0.5, -1, 0.5, 2]],
  ['of rank 1', [1, -2, 3, -2, 4, -6, 3, -6, 9]],
  ['zero in the middle', [1, 0, 0.5, 0, 0, 0, 0.5, 0, 1]],
  ['zero', [0, 0, 0, 0, 0, 0, 0, 0, 0]],
])('the root of a matrix that is %s gives it back', (_, a) => {
  const root = cholesky(a, 3)!;
  for (let i = 0; i < 3; i++) {
    for (let j = 0; j < 3; j++) {
      let product = 0;
      for (let k = 0; k < 3; k++) product += root[3 * i + k]! * root[3 * j + k]!;
      expect(product).toBeCloseTo(a[3 * i + j]!, 12);
    }
  }
});

test('the root is lower triangular', () => {
  expect([...cholesky([4, 2, 2, 2], 2)!]).toEqual([2, 0, 1, 1]);
});

test.each([
  ['a negative diagonal', [1, 0, 0, 0, -0.1, 0, 0, 0, 1]],
  ['a cross term beyond both norms', [1, 1.01, 0, 1.01, 1, 0, 0, 0, 1]],
  ['a cross term with nothing', [1, 0.1, 0, 0.1, 0, 0, 0, 0, 1]],
])('a matrix with %s has no root', (_, a) => {
  expect(cholesky(a, 3)).toBeUndefined();
});
