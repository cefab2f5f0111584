/** One batch of paths on two or three grids, extrapolated to step 0 (theory: multi-pass SGD, section 4, bias). */
import type { RowStore } from '../../math/rows.ts';
import type { Field } from '../model.ts';
import { flowAtZero, interpolate, jumpsAtZero, linear, type Extrapolated } from './extrapolation.ts';
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

/** Statistic after statistic, each at all times. */
export interface BatchResult extends Extrapolated {
  /** None where the batch went astray. */
  readonly fields: readonly Field[];
}

interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
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
  const samples = [fine, middle, coarse].map((swept, n) => sample(swept, 2 ** n * h, saveAt));
  if (isAstray(coarse)) {
    const fields = fieldsOfKernels([fine.kernels, middle.kernels], [2, -1], grid, 'start');
    return { values: linear(samples[0], samples[1]), check: samples[0], fields };
  }
  const kernels = [fine.kernels, middle.kernels, coarse.kernels];
  return {
    ...jumpsAtZero(samples, saveAt, h),
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
  return {
    ...flowAtZero(sample(fine, h, saveAt), sample(coarse, 2 * h, saveAt)),
    fields: fieldsOfKernels([fine.kernels, coarse.kernels], [4 / 3, -1 / 3], grid, 'middle'),
  };
}
