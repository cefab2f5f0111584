/** One batch of paths on two or three grids, extrapolated to step 0 (theory: multi-pass SGD, section 4, bias). */
import type { RowStore } from '../../math/rows.ts';
import type { Field } from '../model.ts';
import { fieldsOfKernels } from './fields.ts';
import { flowSweep } from './flowSweep.ts';
import type { PathGrid } from './grids.ts';
import type { Kernels } from './kernels.ts';
import type { Problem } from './onePass.ts';
import type { Driver } from './pathNoise.ts';
import { PathStart } from './pathStart.ts';
import { coarseSplits, freshSplits } from './splitPaths.ts';
import { scalarStatistics } from './statistics.ts';
import { sweep } from './sweep.ts';

/** Statistic after statistic in the order of `scalarStatistics`, each at all times. */
export interface BatchResult {
  readonly values: Float64Array;
  /** What another order of extrapolation makes of it: differs by the bias that is left, about. */
  readonly check: Float64Array;
  /** None where the batch went astray. */
  readonly fields: readonly Field[];
}

interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
}

/** Cubic interpolation of values at 0, h, 2h, … */
export function interpolate(values: (k: number) => number, last: number, at: number): number {
  if (last < 3) return values(Math.round(at));
  const first = Math.min(Math.max(Math.floor(at) - 1, 0), last - 3);
  const x = at - first;
  return (
    (-values(first) * (x - 1) * (x - 2) * (x - 3)) / 6 +
    (values(first + 1) * x * (x - 2) * (x - 3)) / 2 -
    (values(first + 2) * x * (x - 1) * (x - 3)) / 2 +
    (values(first + 3) * x * (x - 1) * (x - 2)) / 6
  );
}

function sample({ trainLoss, kernels }: Swept, h: number, saveAt: Float64Array): Float64Array {
  const { size, covariance, overlap } = kernels;
  const rows = [
    (k: number) => trainLoss[k],
    (k: number) => covariance[k * size + k],
    (k: number) => overlap[k],
  ];
  const out = new Float64Array(rows.length * saveAt.length);
  rows.forEach((row, n) =>
    saveAt.forEach((t, i) => (out[n * saveAt.length + i] = interpolate(row, size - 1, t / h))),
  );
  return out;
}

const isAstray = ({ trainLoss }: Swept): boolean => Number.isNaN(trainLoss.at(-1));

/**
 * What extrapolated values are checked against: those of lower order, and before the first step of the coarsest grid the
 * finest grid alone, as the others know nothing of these times.
 *
 * @param saveAt times of each row of values, row after row
 * @param coarsest step
 */
export function checkOf(
  fine: Float64Array,
  lower: Float64Array,
  saveAt: Float64Array,
  coarsest: number,
): Float64Array {
  return lower.map((value, i) => (saveAt[i % saveAt.length] < coarsest ? fine[i] : value));
}

/** A batch that says nothing: too few paths for its steps. */
function astray(saveAt: Float64Array): BatchResult {
  const values = new Float64Array(scalarStatistics.length * saveAt.length).fill(NaN);
  return { values, check: values, fields: [] };
}

export function* jumpBatch(
  problem: Problem,
  driver: Driver,
  grid: PathGrid,
  saveAt: Float64Array,
  seed: number,
  batch: number,
  store: RowStore,
): Generator<void, BatchResult> {
  store.clear();
  const { h, steps, paths } = grid;
  const p = h / problem.sampleRatio;
  const noise = freshSplits(driver, p, new PathStart(paths, seed, batch));
  const fine = yield* sweep(problem, driver, h, steps, noise, store);
  if (isAstray(fine)) return astray(saveAt);
  const shared = coarseSplits(driver, p, noise, { seed, batch: 2 * batch });
  const middle = yield* sweep(problem, driver, 2 * h, steps / 2, shared, store);
  if (isAstray(middle)) return astray(saveAt);
  const last = coarseSplits(driver, 2 * p, shared, { seed, batch: 2 * batch + 1 });
  const coarse = yield* sweep(problem, driver, 4 * h, steps / 4, last, store);
  const [a, b, c] = [fine, middle, coarse].map((swept, n) => sample(swept, 2 ** n * h, saveAt));
  const linear = a.map((value, i) => 2 * value - b[i]);
  if (isAstray(coarse)) {
    const fields = fieldsOfKernels([fine.kernels, middle.kernels], [2, -1], grid, 'start');
    return { values: linear, check: a, fields };
  }
  const kernels = [fine.kernels, middle.kernels, coarse.kernels];
  return {
    // Second order left 1 % of q of the modified equation where the first one took away 6 %.
    values: a.map((value, i) => (8 * value - 6 * b[i] + c[i]) / 3),
    check: checkOf(a, linear, saveAt, 4 * h),
    fields: fieldsOfKernels(kernels, [8 / 3, -2, 1 / 3], grid, 'start'),
  };
}

export function* flowBatch(
  problem: Problem,
  grid: PathGrid,
  saveAt: Float64Array,
  seed: number,
  batch: number,
  store: RowStore,
): Generator<void, BatchResult> {
  store.clear();
  const { h, steps, paths } = grid;
  const fine = yield* flowSweep(problem, h, steps, new PathStart(paths, seed, batch), store);
  const coarse = yield* flowSweep(problem, 2 * h, steps / 2, new PathStart(paths, seed, batch), store);
  const [a, b] = [sample(fine, h, saveAt), sample(coarse, 2 * h, saveAt)];
  return {
    values: a.map((value, i) => (4 * value - b[i]) / 3),
    // Half-way to the finer grid: what the extrapolation leaves is of another order than what it takes away.
    check: a.map((value, i) => (7 * value - b[i]) / 6),
    fields: fieldsOfKernels([fine.kernels, coarse.kernels], [4 / 3, -1 / 3], grid, 'middle'),
  };
}
