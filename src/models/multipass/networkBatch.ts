/** One batch of paths of a two-layer network on several grids, extrapolated to step 0 (theory: sections 4 and 6). */
import type { RowStore } from '../../math/rows.ts';
import { fieldsOfNetwork } from './fields.ts';
import type { BatchResult } from './batch.ts';
import { flowAtZero, interpolate, jumpsAtZero } from './extrapolation.ts';
import type { PathGrid } from './grids.ts';
import type { NetworkKernels } from './networkKernels.ts';
import type { NetworkProblem } from './networkProblem.ts';
import { networkFlow } from './networkFlow.ts';
import { networkSweep } from './networkSweep.ts';
import { coarseNoise, freshNoise, type Driver } from './pathNoise.ts';
import { PathStart } from './pathStart.ts';
import { layoutOf } from './statistics.ts';

interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: NetworkKernels;
}

type Network = NetworkProblem['network'];

/** Train loss, then the mean products in the order of the statistics of the network, each at all times. */
function sample(
  network: Network,
  { trainLoss, kernels }: Swept,
  h: number,
  saveAt: Float64Array,
): Float64Array {
  const { students, teachers } = network;
  const { size, width, covariance, overlap } = kernels;
  const rows = layoutOf(network).map(({ at }) => {
    const [i, j] = [Math.floor(at / (students + teachers)), at % (students + teachers)];
    if (j < students) return (k: number) => covariance[(k * students + i) * width + k * students + j];
    return (k: number) => overlap[(k * students + i) * teachers + j - students];
  });
  return Float64Array.from(
    [(k: number) => trainLoss[k], ...rows].flatMap((row) =>
      Array.from(saveAt, (t) => interpolate(row, size - 1, t / h)),
    ),
  );
}

const isAstray = ({ trainLoss }: Swept): boolean => Number.isNaN(trainLoss.at(-1));

/** A batch that says nothing: too few paths for its steps. */
function astray(network: Network, saveAt: Float64Array): BatchResult {
  const values = new Float64Array((1 + layoutOf(network).length) * saveAt.length).fill(NaN);
  return { values, check: values, fields: [] };
}

export function* networkJumpBatch(
  problem: NetworkProblem,
  driver: Driver,
  grid: PathGrid,
  saveAt: Float64Array,
  seed: number,
  batch: number,
  store: RowStore,
): Generator<void, BatchResult> {
  store.clear();
  const { network } = problem;
  const { h, steps, paths } = grid;
  const p = h / problem.sampleRatio;
  const start = new PathStart(paths, seed, batch, network.students, network.teachers);
  const noise = freshNoise(driver, p, start);
  const fine = yield* networkSweep(problem, driver, h, steps, noise, store);
  if (isAstray(fine)) return astray(network, saveAt);
  const shared = coarseNoise(driver, p, noise, fine.innovations, { seed, batch: 2 * batch });
  const middle = yield* networkSweep(problem, driver, 2 * h, steps / 2, shared, store);
  const last = coarseNoise(driver, 2 * p, shared, middle.innovations, { seed, batch: 2 * batch + 1 });
  const coarse = yield* networkSweep(problem, driver, 4 * h, steps / 4, last, store);
  if (isAstray(middle) || isAstray(coarse)) return astray(network, saveAt);
  const samples = [fine, middle, coarse].map((swept, n) => sample(network, swept, 2 ** n * h, saveAt));
  return { ...jumpsAtZero(samples, saveAt, h), fields: fieldsOfNetwork(fine.kernels, grid) };
}

export function* networkFlowBatch(
  problem: NetworkProblem,
  grid: PathGrid,
  saveAt: Float64Array,
  seed: number,
  batch: number,
  store: RowStore,
): Generator<void, BatchResult> {
  const { network } = problem;
  const { h, steps, paths } = grid;
  const solve = function* (width: number): Generator<void, Swept> {
    store.clear();
    const start = new PathStart(paths, seed, batch, network.students, network.teachers);
    return yield* networkFlow(problem, width, Math.round((h * steps) / width), start, store);
  };
  const [fine, coarse] = [yield* solve(h), yield* solve(2 * h)];
  if (isAstray(fine) || isAstray(coarse)) return astray(network, saveAt);
  return {
    ...flowAtZero(sample(network, fine, h, saveAt), sample(network, coarse, 2 * h, saveAt)),
    // The response is not needed, and not known.
    fields: fieldsOfNetwork(fine.kernels, grid).filter(({ name }) => name !== 'response'),
  };
}
