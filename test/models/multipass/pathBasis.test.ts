import { expect, test } from 'vitest';
import { RandomWords } from '../../../src/math/randomWords.ts';
import { normalQuantile } from '../../../src/math/gaussian.ts';
import { plainRows } from '../../../src/math/rows.ts';
import { PathBasis } from '../../../src/models/multipass/pathBasis.ts';

const [PATHS, ROWS] = [400, 40];
const random = new RandomWords(5, 0, 0);
const draw = () => Float64Array.from({ length: PATHS }, () => normalQuantile(random.uniform()));

/** Mean of the product, with weights. */
function product({ weight }: PathBasis, a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (weight[i] * value * b[i]) / PATHS, 0);
}

function filled(): { basis: PathBasis; rows: Float64Array[] } {
  const basis = new PathBasis(PATHS, plainRows.rows(ROWS, PATHS), plainRows.rows(ROWS, PATHS));
  const rows = Array.from({ length: ROWS }, (_, n) => {
    const row = draw();
    basis.complete(row);
    basis.append(n % 2, row);
    return row;
  });
  return { basis, rows };
}

test('rows of both families are orthonormal, of mean 0', () => {
  const { basis, rows } = filled();
  const one = new Float64Array(PATHS).fill(1);
  rows.forEach((row, n) => {
    expect(product(basis, row, one)).toBeCloseTo(0, 12);
    for (const [m, other] of rows.entries())
      expect(product(basis, row, other)).toBeCloseTo(n === m ? 1 : 0, 10);
  });
});

test('after a split, rows are orthogonal to all before, with the new weights', () => {
  const { basis, rows } = filled();
  const from = Uint32Array.from({ length: PATHS }, (_, i) => (i < PATHS / 2 ? i : 3 * (i % 50)));
  const weight = new Float64Array(PATHS).fill(1).map((_, i) => (i % 2 ? 0.4 : 1.6));
  basis.split(from, weight);
  const before = rows.map((row) => row.map((_, i) => row[from[i]]));
  const added = Array.from({ length: 3 }, () => {
    const row = draw();
    basis.complete(row);
    basis.append(0, row);
    return row;
  });
  added.forEach((row, n) => {
    for (const other of [...before, ...added.slice(0, n)])
      expect(product(basis, row, other)).toBeCloseTo(0, 8);
    expect(product(basis, row, row)).toBeCloseTo(1, 12);
  });
});

test('nothing is left where rows span all there is', () => {
  const few = 2 * ROWS;
  const basis = new PathBasis(few, plainRows.rows(few, few));
  const squares = Array.from({ length: few }, () => {
    const row = draw().slice(0, few);
    basis.complete(row);
    basis.append(0, row);
    return row.reduce((sum, value) => sum + (value * value) / few, 0);
  });
  // Ones are a row too.
  expect(squares.map((square) => Math.round(1e9 * square) / 1e9)).toEqual(
    squares.map((_, n) => (n < few - 1 ? 1 : 0)),
  );
});

test('few different paths after a split are no obstacle', () => {
  const { basis, rows } = filled();
  const from = Uint32Array.from({ length: PATHS }, (_, i) => i % 20);
  basis.split(from, new Float64Array(PATHS).fill(1));
  const row = draw();
  basis.complete(row);
  expect(product(basis, row, row)).toBeCloseTo(1, 12);
  for (const before of rows) {
    expect(
      product(
        basis,
        row,
        row.map((_, i) => before[from[i]]),
      ),
    ).toBeCloseTo(0, 3);
  }
});

test('paths of large rows keep their share of the noise', () => {
  // All rows live on a quarter of the paths.
  const quarter = (row: Float64Array) => row.map((value, i) => (i < PATHS / 4 ? 2 * value : 0));
  const squares = Array.from({ length: 60 }, () => {
    const basis = new PathBasis(PATHS, plainRows.rows(ROWS, PATHS));
    for (let n = 0; n < ROWS; n++) {
      const row = quarter(draw());
      basis.complete(row);
      basis.append(0, row);
    }
    const noise = draw();
    basis.complete(noise);
    return noise.subarray(0, PATHS / 4).reduce((sum, value) => sum + value * value, 0) / (PATHS / 4);
  });
  const mean = squares.reduce((sum, value) => sum + value, 0) / squares.length;
  // Without making up for it they would be left with 0.67.
  expect(mean).toBeGreaterThan(0.9);
  expect(mean).toBeLessThan(1.1);
});
