/** The deterministic limits of SGD, of its modified equation and of gradient flow as n, d → ∞ with n = δd. */
import type { RowStore } from '../../math/rows.ts';
import type { Band, Frame, Limit, LimitUpdate } from '../model.ts';
import { networkOf } from './architecture.ts';
import { flowBatch, jumpBatch, type BatchResult } from './batch.ts';
import { estimate } from './estimate.ts';
import { exactFields, meanFields } from './fields.ts';
import { flowGrid, jumpGrid, networkProblemOf, problemOf, reachOf, shortOf } from './grids.ts';
import { networkFlowBatch, networkJumpBatch } from './networkBatch.ts';
import { observables, type ObservableName } from './observables.ts';
import type { MultipassConfig } from './parameters.ts';
import { solveNetworkOnePass } from './networkOnePass.ts';
import type { Driver } from './pathNoise.ts';
import { onePassError, solveOnePass } from './onePass.ts';
import {
  filledStatistics,
  statisticNames,
  toStatistics,
  type StatisticName,
  type Statistics,
} from './statistics.ts';
import { solveVolterra } from './volterra.ts';
import { returnRows, takeRows } from './wasmRows.ts';

/** Relative standard error of train loss and test risk that is aimed at, and batches after which it is given up. */
const [GOAL, MOST_BATCHES] = [0.003, 60];

/** Paths of a quick look, and those that batches grow to where fewer go astray. */
const [LOOK, MOST_PATHS] = [2048, 131072];

/** Milliseconds of work between breaths. */
const PATIENCE = 30;

/** Relative error of least squares, which are solved exactly. */
const EXACT = 1e-9;

type Update = LimitUpdate<StatisticName>;

function frameOf(t: number, statistics: Statistics): Frame<StatisticName> {
  const entries = statisticNames.map((name) => [name, Float64Array.of(statistics[name] ?? 0)]);
  const values = Object.fromEntries(entries) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(NaN) };
}

/** Entry i of what a batch or a mean of batches holds, by name. */
function statisticsAt(filled: readonly StatisticName[], values: Float64Array, i: number): Statistics {
  const times = values.length / filled.length;
  const entries = filled.map((name, n) => [name, values[n * times + i]]);
  return Object.fromEntries(entries) as Statistics;
}

/** All present observables at all times, observable after observable. */
function observed(
  values: Float64Array,
  names: readonly ObservableName[],
  config: MultipassConfig,
): Float64Array {
  const filled = filledStatistics(networkOf(config));
  const times = values.length / filled.length;
  const out = new Float64Array(names.length * times);
  for (let i = 0; i < times; i++) {
    const statistics = statisticsAt(filled, values, i);
    names.forEach((name, n) => (out[n * times + i] = observables[name].of(statistics, config)));
  }
  return out;
}

/** Population risks of networks may take a while: once for every batch. */
const known = new WeakMap<Float64Array, Float64Array>();

function observedOnce(
  values: Float64Array,
  names: readonly ObservableName[],
  config: MultipassConfig,
): Float64Array {
  const found = known.get(values) ?? observed(values, names, config);
  known.set(values, found);
  return found;
}

function presentObservables(config: MultipassConfig): ObservableName[] {
  return (Object.keys(observables) as ObservableName[]).filter((name) => {
    const observable = observables[name];
    return !('absent' in observable) || observable.absent(config) === undefined;
  });
}

/** Standard errors of what is known exactly. */
function exactBands(config: MultipassConfig, times: number): Band[] {
  return presentObservables(config).map((observable) => ({
    around: 'limit',
    observable,
    deviation: new Float64Array(times),
  }));
}

/** Statistics of weights that know nothing of the samples: their train loss is the test risk. */
function untrained(config: MultipassConfig, moments: Float64Array): Statistics {
  const network = networkOf(config);
  const trainLoss = observables.test.of(toStatistics(network, 0, moments), config);
  return toStatistics(network, trainLoss, moments);
}

/** An update, and the part of its error that more batches make smaller. */
interface Combined extends Update {
  readonly scatter: number;
}

/**
 * What batches say together, with the error of each observable: scatter of the batches, and half the bias that shows beyond
 * its own scatter.
 */
export function combine(
  batches: readonly BatchResult[],
  saveAt: Float64Array,
  config: MultipassConfig,
): Combined {
  const { mean } = estimate(batches.map(({ values }) => values));
  const filled = filledStatistics(networkOf(config));
  const frames = Array.from(saveAt, (t, i) => frameOf(t, statisticsAt(filled, mean, i)));
  const fields = meanFields(batches.map((batch) => batch.fields));
  if (batches.length < 2) return { first: 0, frames, error: NaN, scatter: NaN, fields };
  const names = presentObservables(config);
  const own = estimate(batches.map(({ values }) => observedOnce(values, names, config)));
  const bias = estimate(
    batches.map(({ values, check }) => {
      const best = observedOnce(values, names, config);
      return observedOnce(check, names, config).map((value, i) => value - best[i]);
    }),
  );
  const deviation = own.error.map((error, i) => {
    const shown = Math.max(0, bias.mean[i] ** 2 - bias.error[i] ** 2);
    return Math.sqrt(error ** 2 + shown / 4);
  });
  const bands: Band[] = names.map((observable, n) => ({
    around: 'limit',
    observable,
    deviation: deviation.slice(n * saveAt.length, (n + 1) * saveAt.length),
  }));
  const largest = (errors: Float64Array): number =>
    names.reduce((most, name, n) => {
      if (name !== 'train' && name !== 'test') return most;
      const times = Array.from(saveAt, (_, i) => n * saveAt.length + i);
      return times.reduce((max, i) => Math.max(max, errors[i] / Math.abs(own.mean[i])), most);
    }, 0);
  return { first: 0, frames, error: largest(deviation), scatter: largest(own.error), bands, fields };
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

/** Fresh samples only: an ordinary differential equation. */
async function* onePass(
  config: MultipassConfig,
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<Update> {
  signal.throwIfAborted();
  if (!networkOf(config).isScalar) {
    const solved = solveNetworkOnePass(networkProblemOf(config), saveAt, config.seed);
    const frames = solved.map((moments, i) => frameOf(saveAt[i], untrained(config, moments)));
    yield { first: 0, frames, error: NaN };
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
