/** The deterministic limits of SGD, of its modified equation and of gradient flow as n, d → ∞ with n = δd. */
import type { Band, Frame, Limit, LimitUpdate } from '../model.ts';
import { flowBatch, jumpBatch, type BatchResult } from './batch.ts';
import { estimate } from './estimate.ts';
import { exactFields, meanFields } from './fields.ts';
import { flowGrid, jumpGrid, problemOf } from './grids.ts';
import { observables, type ObservableName } from './observables.ts';
import type { MultipassConfig } from './parameters.ts';
import type { Driver } from './pathNoise.ts';
import { risks } from './risk.ts';
import { statisticNames, type StatisticName, type Statistics } from './statistics.ts';
import { solveVolterra } from './volterra.ts';
import { rowStore } from './wasmRows.ts';

/** Relative standard error of train loss and test risk that is aimed at, and batches after which it is given up. */
const [GOAL, MOST_BATCHES] = [0.002, 100];

/** Paths of a quick look. */
const LOOK = 1024;

/** Milliseconds of work between breaths. */
const PATIENCE = 30;

/** Relative error of least squares, which are solved exactly. */
const EXACT = 1e-9;

type Update = LimitUpdate<StatisticName>;

function frameOf(t: number, statistics: Statistics): Frame<StatisticName> {
  const entries = statisticNames.map((name) => [name, Float64Array.of(statistics[name])]);
  const values = Object.fromEntries(entries) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(NaN) };
}

/** Entry i of what a batch or a mean of batches holds, by name. */
function statisticsAt(values: Float64Array, i: number): Statistics {
  const times = values.length / statisticNames.length;
  const entries = statisticNames.map((name, n) => [name, values[n * times + i]]);
  return Object.fromEntries(entries) as Statistics;
}

/** All present observables at all times, observable after observable. */
function observed(values: Float64Array, names: readonly ObservableName[], config: MultipassConfig) {
  const times = values.length / statisticNames.length;
  return Float64Array.from({ length: names.length * times }, (_, at) => {
    const statistics = statisticsAt(values, at % times);
    return observables[names[Math.floor(at / times)]].of(statistics, config);
  });
}

/** What batches say together, with the error of each observable: scatter of the batches, and half the bias that shows. */
export function combine(
  batches: readonly BatchResult[],
  saveAt: Float64Array,
  config: MultipassConfig,
): Update {
  const { mean } = estimate(batches.map(({ values }) => values));
  const frames = Array.from(saveAt, (t, i) => frameOf(t, statisticsAt(mean, i)));
  const fields = meanFields(batches.map((batch) => batch.fields));
  if (batches.length < 2) return { first: 0, frames, error: NaN, fields };
  const names = (Object.keys(observables) as ObservableName[]).filter((name) => {
    const observable = observables[name];
    return !('absent' in observable) || observable.absent(config) === undefined;
  });
  const own = estimate(batches.map(({ values }) => observed(values, names, config)));
  const other = estimate(batches.map(({ check }) => observed(check, names, config)));
  const deviation = own.error.map((error, i) => Math.hypot(error, (other.mean[i] - own.mean[i]) / 2));
  const bands: Band[] = names.map((observable, n) => ({
    around: 'limit',
    observable,
    deviation: deviation.slice(n * saveAt.length, (n + 1) * saveAt.length),
  }));
  let error = 0;
  names.forEach((name, n) => {
    if (name !== 'train' && name !== 'test') return;
    for (let i = n * saveAt.length; i < (n + 1) * saveAt.length; i++) {
      error = Math.max(error, deviation[i] / Math.abs(own.mean[i]));
    }
  });
  return { first: 0, frames, error, bands, fields };
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

/** A quick look with few paths, then batch after batch. */
async function* meanField(
  config: MultipassConfig,
  driver: Driver | 'gf',
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<Update> {
  const store = await rowStore();
  const problem = problemOf(config);
  const end = saveAt[saveAt.length - 1];
  const start = (number: number, look: boolean): Generator<void, BatchResult> => {
    const settings = look ? { ...config, paths: Math.min(config.paths, LOOK) } : config;
    return driver === 'gf'
      ? flowBatch(problem, flowGrid(settings, end), saveAt, config.seed, number, store)
      : jumpBatch(problem, driver, jumpGrid(settings, end, look ? 2 : 1), saveAt, config.seed, number, store);
  };
  yield combine([await finish(start(0, true), signal)], saveAt, config);
  const batches: BatchResult[] = [];
  while (batches.length < MOST_BATCHES) {
    batches.push(await finish(start(batches.length + 1, false), signal));
    const update = combine(batches, saveAt, config);
    yield update;
    if (batches.length >= 4 && update.error <= GOAL) return;
  }
}

async function* solve(
  config: MultipassConfig,
  driver: Driver | 'gf',
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<Update> {
  signal.throwIfAborted();
  if (saveAt.length === 0) return;
  if (config.loss === 'leastSquares') {
    const exact = solveVolterra(problemOf(config));
    const at = driver === 'gf' ? exact.flow : exact.at;
    const frames = Array.from(saveAt, (t) => frameOf(t, at(t)));
    const end = saveAt[saveAt.length - 1];
    const fields = end > 0 ? exactFields(exact, end, driver === 'gf') : [];
    yield { first: 0, frames, error: EXACT, fields };
  } else if (saveAt[saveAt.length - 1] === 0) {
    // Untrained weights know nothing of the samples.
    const { initNorm, initOverlap, teacherNorm, labelNoise } = config;
    const trainLoss = risks[config.loss](initNorm, initOverlap, teacherNorm, labelNoise);
    const statistics = { trainLoss, squaredNorm: initNorm, overlap: initOverlap };
    yield { first: 0, frames: Array.from(saveAt, (t) => frameOf(t, statistics)), error: EXACT };
  } else {
    yield* meanField(config, driver, saveAt, signal);
  }
}

export const limits: Readonly<Record<'sgd' | 'sme' | 'gf', Limit<StatisticName>>> = {
  sgd: {
    label: 'limit of SGD',
    doc: 'The law of one sample and one weight as n, d → ∞: mean-field equations with Poisson visits.',
    predicts: 'sgd',
    solve: (config, saveAt, signal) => solve(config as MultipassConfig, 'sgd', saveAt, signal),
  },
  sme: {
    label: 'limit of the modified equation',
    doc: 'The same mean-field equations with Brownian noise of the covariance of the visits.',
    predicts: 'sme',
    solve: (config, saveAt, signal) => solve(config as MultipassConfig, 'sme', saveAt, signal),
  },
  gf: {
    label: 'limit of gradient flow',
    doc: 'The same mean-field equations without noise of the visits.',
    predicts: 'gf',
    solve: (config, saveAt, signal) => solve(config as MultipassConfig, 'gf', saveAt, signal),
  },
};
