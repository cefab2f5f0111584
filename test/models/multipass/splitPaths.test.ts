import { expect, test } from 'vitest';
import { plainRows } from '../../../src/math/rows.ts';
import { PathBasis } from '../../../src/models/multipass/pathBasis.ts';
import { PathStart } from '../../../src/models/multipass/pathStart.ts';
import { coarseSplits, freshSplits, type Split } from '../../../src/models/multipass/splitPaths.ts';

const PATHS = 1003;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** A few paths of large loss, as late in training. */
function uneven(start: PathStart) {
  const field = start.start.slice();
  return { field, loss: field.map((r) => Math.exp(-4 * r)), weight: new Float64Array(PATHS).fill(1) };
}

function splitAt(seed: number): { split: Split; loss: Float64Array; field: Float64Array } {
  const start = new PathStart(PATHS, seed, 0);
  const { field, loss, weight } = uneven(start);
  start.classify(start.teacher);
  const split = freshSplits('sme', 0.1, start).split(8, field, loss, weight);
  expect(split).toBeDefined();
  return { split: split!, loss, field };
}

test('weights are 1 on average, and large losses are shared by many paths', () => {
  const { split, loss } = splitAt(1);
  expect(mean([...split.weight])).toBeCloseTo(1, 12);
  const worst = loss.indexOf(Math.max(...loss));
  const copies = split.from.filter((i) => i === worst).length;
  expect(copies).toBeGreaterThan(5);
  const squares = (weight: (i: number) => number, of: (i: number) => number) => {
    const parts = Array.from(loss, (_, i) => weight(i) * of(i));
    return mean(parts.map((part) => part * part)) / mean(parts) ** 2;
  };
  const before = squares(
    () => 1,
    (i) => loss[i],
  );
  const after = squares(
    (i) => split.weight[i],
    (i) => loss[split.from[i]],
  );
  expect(after).toBeLessThan(before / 3);
});

test('weighted means are what they were, on average', () => {
  const differences = Array.from({ length: 40 }, (_, seed) => {
    const { split, loss, field } = splitAt(seed);
    const of = (values: Float64Array) =>
      mean(Array.from(split.from, (i, at) => split.weight[at] * values[i])) - mean([...values]);
    return [of(loss) / mean([...loss]), of(field), of(field.map((r) => r * r))];
  });
  for (const i of [0, 1, 2]) {
    const values = differences.map((row) => row[i]);
    const average = mean(values);
    const error = Math.sqrt(mean(values.map((value) => (value - average) ** 2)) / (values.length - 1));
    expect(Math.abs(average)).toBeLessThan(4 * error);
    expect(error).toBeLessThan(0.02);
  }
});

test('paths of equal losses are left alone, and so are all between the steps of coarser grids', () => {
  const start = new PathStart(PATHS, 1, 0);
  const { field, loss, weight } = uneven(start);
  const noise = freshSplits('sgd', 0.1, start);
  expect(noise.split(8, field, new Float64Array(PATHS).fill(0.3), weight)).toBeUndefined();
  for (const k of [1, 2, 3, 5, 6, 7]) expect(noise.split(k, field, loss, weight)).toBeUndefined();
});

test('coarser grids repeat the splits', () => {
  const start = new PathStart(PATHS, 1, 0);
  const { field, loss, weight } = uneven(start);
  const fine = freshSplits('sme', 0.1, start);
  const split = fine.split(8, field, loss, weight);
  const coarse = coarseSplits('sme', 0.1, fine, { seed: 1, batch: 0 });
  expect(coarse.split(4, field, loss, weight)).toBe(split);
  expect(coarse.split(8, field, loss, weight)).toBeUndefined();
});

test('innovations are orthonormal in the weighted mean', () => {
  const { split } = splitAt(3);
  const start = new PathStart(PATHS, 3, 0);
  start.classify(start.teacher);
  const { weight } = split;
  const product = (a: Float64Array, b: Float64Array) =>
    mean(Array.from(a, (value, i) => weight[i] * value * b[i]));
  const basis = new PathBasis(PATHS, plainRows.rows(2, PATHS), plainRows.rows(1, PATHS));
  const rows = [start.teacher, start.label, start.start].map((row) => row.slice());
  // Orthonormal before the split, not with the weights after it.
  rows.forEach((row, n) => basis.append(n === 2 ? 1 : 0, row));
  basis.split(split.from, weight);
  const out = new Float64Array(PATHS);
  freshSplits('sme', 0.1, start).innovation(1, start.start, basis, out);
  expect(product(out, out)).toBeCloseTo(1, 10);
  for (const row of rows) {
    expect(
      product(
        out,
        row.map((_, i) => row[split.from[i]]),
      ),
    ).toBeCloseTo(0, 10);
  }
  expect(product(out, new Float64Array(PATHS).fill(1))).toBeCloseTo(0, 10);
});
