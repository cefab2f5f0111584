/** The deterministic limits of SGD, of its modified equation and of gradient flow as n, d → ∞ with n = δd. */
import type { RowStore } from '../../math/rows.ts';
import type { Limit } from '../model.ts';
import { networkOf } from './architecture.ts';
import { flowBatch, jumpBatch, type BatchResult } from './batch.ts';
import { combine, exactBands, frameOf, type Update } from './combine.ts';
import { exactFields } from './fields.ts';
import { flowGrid, jumpGrid, networkProblemOf, problemOf, reachOf, shortOf } from './grids.ts';
import { networkFlowBatch, networkJumpBatch } from './networkBatch.ts';
import { observables } from './observables.ts';
import type { MultipassConfig } from './parameters.ts';
import { solveNetworkOnePass } from './networkOnePass.ts';
import type { Driver } from './pathNoise.ts';
import { onePassError, solveOnePass } from './onePass.ts';
import { filledStatistics, toStatistics, type StatisticName, type Statistics } from './statistics.ts';
import { solveVolterra } from './volterra.ts';
import { returnRows, takeRows } from './wasmRows.ts';

/** Relative standard error of train loss and test risk that is aimed at, and batches after which it is given up. */
const [GOAL, MOST_BATCHES] = [0.003, 60];

/** Paths of a quick look, and those that batches grow to where fewer go astray. */
const [LOOK, MOST_PATHS] = [2048, 131072];

/** Milliseconds of work between breaths. */
const PATIENCE = 30;

/** Batches of points for fresh samples. */
const ONE_PASS_BATCHES = 4;

/** Relative error of least squares, which are solved exactly. */
const EXACT = 1e-9;

/** Statistics of weights that know nothing of the samples: their train loss is the test risk. */
function untrained(config: MultipassConfig, moments: Float64Array): Statistics {
  const network = networkOf(config);
  const trainLoss = observables.test.of(toStatistics(network, 0, moments), config);
  return toStatistics(network, trainLoss, moments);
}

/** Lets other tasks of this thread run. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

async function finish(batch: Generator<void, BatchResult>, signal: AbortSignal): Promise<BatchResult> {
  for (let deadline = performance.now() + PATIENCE; ;) {
    const { done, value } = batch.next();
    if (done) return value;
    if (performance.now() < deadline) continue;
    await breathe();
    signal.throwIfAborted();
    deadline = performance.now() + PATIENCE;
  }
}

/** Starts batch `number`; `coarseness` multiplies the step of its grids. */
type Batches = (number: number, paths: number, coarseness: number) => Generator<void, BatchResult>;

function batchesOf(
  config: MultipassConfig,
  driver: Driver | 'gf',
  saveAt: Float64Array,
  store: RowStore,
): Batches {
  const end = saveAt[saveAt.length - 1];
  const { seed } = config;
  const network = networkProblemOf(config);
  const scalar = problemOf(config);
  return (number, paths, coarseness) => {
    const settings = { ...config, paths };
    if (driver === 'gf') {
      const grid = flowGrid(settings, end);
      return network.network.isScalar
        ? flowBatch(scalar, grid, saveAt, seed, number, store)
        : networkFlowBatch(network, grid, saveAt, seed, number, store);
    }
    const grid = jumpGrid(settings, driver, end, coarseness);
    return network.network.isScalar
      ? jumpBatch(scalar, driver, grid, saveAt, seed, number, store)
      : networkJumpBatch(network, driver, grid, saveAt, seed, number, store);
  };
}

/** A quick look with few paths, then batch after batch. */
async function* meanField(
  config: MultipassConfig,
  driver: Driver | 'gf',
  saveAt: Float64Array,
  signal: AbortSignal,
  store: RowStore,
): AsyncGenerator<Update> {
  const start = batchesOf(config, driver, saveAt, store);
  const look = await finish(start(0, Math.min(config.paths, LOOK), 4), signal);
  if (look.fields.length > 0) yield combine([look], saveAt, config);
  const batches: BatchResult[] = [];
  for (let [number, paths] = [1, config.paths]; number <= MOST_BATCHES && paths <= MOST_PATHS; number++) {
    const batch = await finish(start(number, paths, 1), signal);
    if (batch.fields.length === 0) {
      // Late in training few samples are left to learn from, and with them few paths that say how noisy steps are.
      paths *= 2;
      continue;
    }
    batches.push(batch);
    const update = combine(batches, saveAt, config);
    yield update;
    if (batches.length >= 4 && update.scatter <= Math.max(GOAL, update.error / 2)) return;
  }
  if (batches.length > 0) return;
  throw new RangeError(
    `grid step ${config.gridStep}: paths of the mean-field equations run away; expected a smaller one, or a shorter horizon`,
  );
}

async function* solve(
  config: MultipassConfig,
  driver: Driver | 'gf',
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<Update> {
  signal.throwIfAborted();
  if (saveAt.length === 0) return;
  const network = networkOf(config);
  if (config.loss === 'leastSquares' && network.isScalar) {
    const exact = solveVolterra(problemOf(config));
    const at = driver === 'gf' ? exact.flow : exact.at;
    const frames = Array.from(saveAt, (t) => frameOf(t, at(t)));
    const end = saveAt[saveAt.length - 1];
    const fields = end > 0 ? exactFields(exact, end, driver === 'gf') : [];
    yield { first: 0, frames, error: EXACT, fields, bands: exactBands(config, frames.length) };
  } else if (saveAt[saveAt.length - 1] === 0) {
    const statistics = untrained(config, network.moments);
    const frames = Array.from(saveAt, (t) => frameOf(t, statistics));
    yield { first: 0, frames, error: EXACT, bands: exactBands(config, frames.length) };
  } else {
    const [reach, end] = [reachOf(config, driver), saveAt[saveAt.length - 1]];
    const reached = end > reach ? saveAt.filter((t) => t <= reach) : saveAt;
    const store = await takeRows();
    try {
      if (reached.some((t) => t > 0)) yield* meanField(config, driver, reached, signal, store);
    } finally {
      returnRows(store);
    }
    if (end > reach) throw new RangeError(shortOf(end, reach));
  }
}

/** Fresh samples for a network; its train loss is the test risk. */
function networkOnePass(config: MultipassConfig, saveAt: Float64Array, batch: number): BatchResult {
  const filled = filledStatistics(networkOf(config));
  const values = new Float64Array(filled.length * saveAt.length);
  const solved = solveNetworkOnePass(networkProblemOf(config), saveAt, config.seed, batch);
  solved.forEach((moments, i) => {
    const statistics = untrained(config, moments);
    filled.forEach((name, n) => (values[n * saveAt.length + i] = statistics[name] ?? NaN));
  });
  return { values, check: values, fields: [] };
}

/** Fresh samples only: an ordinary differential equation. */
async function* onePass(
  config: MultipassConfig,
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<Update> {
  signal.throwIfAborted();
  if (!networkOf(config).isScalar) {
    const batches: BatchResult[] = [];
    while (batches.length < ONE_PASS_BATCHES) {
      batches.push(networkOnePass(config, saveAt, batches.length));
      yield combine(batches, saveAt, config);
      await breathe();
      signal.throwIfAborted();
    }
    return;
  }
  const problem = problemOf(config);
  const solved = solveOnePass(problem, saveAt);
  const frames = solved.map((moments, i) => frameOf(saveAt[i], moments));
  yield { first: 0, frames, error: onePassError(problem, saveAt, solved) };
}

type Solver = Pick<Limit<StatisticName>, 'solve'>;

function solverOf(driver: Driver | 'gf'): Solver {
  return { solve: (config, saveAt, signal) => solve(config as MultipassConfig, driver, saveAt, signal) };
}

export const limits: Readonly<Record<'sgd' | 'sme' | 'gf' | 'onePass', Solver>> = {
  sgd: solverOf('sgd'),
  sme: solverOf('sme'),
  gf: solverOf('gf'),
  onePass: { solve: (config, saveAt, signal) => onePass(config as MultipassConfig, saveAt, signal) },
};
