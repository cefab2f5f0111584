import { expect, test } from 'vitest';
import { eigenOf, positivePart, rootsOf } from '../../src/math/symmetric.ts';
import { RandomWords } from '../../src/math/randomWords.ts';

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  return a.map((_, at) => {
    let sum = 0;
    for (let k = 0; k < n; k++) sum += a[Math.floor(at / n) * n + k] * b[k * n + (at % n)];
    return sum;
  });
}

const transpose = (a: Float64Array, n: number) => a.map((_, at) => a[(at % n) * n + Math.floor(at / n)]);

/** Rank `rank`, positive semidefinite. */
function draw(n: number, rank: number, random: RandomWords): Float64Array {
  const half = new Float64Array(n * n).map((_, at) => (at % n < rank ? random.uniform() - 0.5 : 0));
  return product(half, transpose(half, n), n);
}

const largest = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);

test.each([1, 2, 3, 6])('%i×%i: eigenvectors are orthonormal and make the matrix diagonal', (n) => {
  const random = new RandomWords(n, 0, 0);
  const matrix = draw(n, n, random).map((value, at) => (at % (n + 1) ? value : value - 0.3));
  const { values, vectors } = eigenOf(matrix, n);
  const unit = product(vectors, transpose(vectors, n), n);
  for (let i = 0; i < n * n; i++) expect(unit[i]).toBeCloseTo(Number(i % (n + 1) === 0), 13);
  const scaled = vectors.map((value, at) => value * values[at % n]);
  expect(largest(product(scaled, transpose(vectors, n), n), matrix)).toBeLessThan(1e-14);
});

test.each([
  [2, 2],
  [3, 3],
  [3, 2],
  [3, 1],
  [2, 0],
])('%i×%i of that rank: the root squared, and its pseudo-inverse', (n, rank) => {
  const matrix = draw(n, rank, new RandomWords(7, n, rank));
  const { root, inverse } = rootsOf(matrix, n, 1e-12);
  expect(largest(product(root, root, n), matrix)).toBeLessThan(1e-12);
  expect(largest(product(product(root, inverse, n), root, n), root)).toBeLessThan(1e-12);
  expect(largest(product(product(inverse, root, n), inverse, n), inverse)).toBeLessThan(1e-9);
});

test('the positive part: nothing where all is negative, the other directions where one is', () => {
  expect(largest(positivePart(Float64Array.of(-2, 1, 1, -3), 2), new Float64Array(4))).toBe(0);
  // Eigenvalue 3 along (1, 1), −1 along (1, −1).
  const part = positivePart(Float64Array.of(1, 2, 2, 1), 2);
  expect(largest(part, new Float64Array(4).fill(1.5))).toBeLessThan(1e-14);
});
