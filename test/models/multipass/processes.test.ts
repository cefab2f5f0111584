import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { singleRows } from '../../../src/math/rows.ts';
import type { Kernel } from '../../../src/models/model.ts';
import { problemOf } from '../../../src/models/multipass/grids.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { processes } from '../../../src/models/multipass/processes.ts';
import { sgdOracle, visitedSample } from '../../../src/models/multipass/sgd.ts';
import { flowOracle, smeOracle } from '../../../src/models/multipass/flow.ts';
import { teacherOf } from '../../../src/models/multipass/start.ts';
import { scalarStatistics, type StatisticName } from '../../../src/models/multipass/statistics.ts';
import { TrainingRows } from '../../../src/models/multipass/trainingRows.ts';
import { TrainingSet } from '../../../src/models/multipass/trainingSet.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';

type Name = keyof typeof processes;
const names: readonly Name[] = ['sgd', 'sme', 'gf'];

const base: MultipassConfig = {
  ...defaultsOf(parameters),
  dimension: 200,
  loss: 'leastSquares',
  sampleRatio: 1.5,
  stepSize: 0.8,
  ridge: 0.1,
  labelNoise: 0.3,
  initNorm: 0.5,
  initOverlap: 0.2,
  horizon: 2,
  dt: 0.02,
};

/** Statistics of a run at the times. */
function simulate(
  kernel: Kernel<StatisticName>,
  config: MultipassConfig,
  times: readonly number[],
  run = 0,
): Record<StatisticName, number>[] {
  const oracle = kernel.oracle(config, { teacher: teacherOf(config) }, run);
  return kernel.plan(config, Float64Array.from(times)).map((segment) => {
    oracle.advance(segment);
    return oracle.statistics();
  });
}

/** Mean and standard error of each statistic over runs, at one time. */
function ensemble(kernel: Kernel<StatisticName>, config: MultipassConfig, t: number, runs: number) {
  const each = Array.from({ length: runs }, (_, run) => simulate(kernel, config, [t], run)[0]);
  return (name: StatisticName) => {
    const mean = each.reduce((sum, statistics) => sum + statistics[name], 0) / runs;
    const square = each.reduce((sum, statistics) => sum + (statistics[name] - mean) ** 2, 0);
    return { mean, error: Math.sqrt(square / (runs - 1) / runs) };
  };
}

describe.each(names)('%s', (name) => {
  const kernel = processes[name];

  test('starts from the stated moments', () => {
    for (const run of [0, 3]) {
      const [start] = simulate(kernel, base, [0], run);
      expect(start.squaredNorm).toBeCloseTo(base.initNorm, 12);
      expect(start.overlap).toBeCloseTo(base.initOverlap, 12);
    }
  });

  test('least squares follow the exact limit within their scatter', () => {
    const t = 1.2;
    const { at, flow } = solveVolterra(problemOf(base));
    const exact = (name === 'gf' ? flow : at)(t);
    const of = ensemble(kernel, base, t, 16);
    for (const statistic of scalarStatistics) {
      const { mean, error } = of(statistic);
      // Besides the scatter: terms of order 1/d, and of order dt in the modified equation.
      expect(Math.abs(mean - exact[statistic])).toBeLessThan(4 * error + 0.015 * exact[statistic]);
    }
  });

  test('is at no time affected by when it is recorded', () => {
    const [, last] = simulate(kernel, base, [0.6, 1.2]);
    expect(last).toEqual(simulate(kernel, base, [1.2])[0]);
  });

  test('is the same in WebAssembly, up to rounding', async () => {
    // Neither the number of samples nor the dimension is a multiple of four.
    const config: MultipassConfig = { ...base, dimension: 131, loss: 'logisticSign', batchSize: 3 };
    const quick = { ...kernel, oracle: await kernel.quick!() };
    const [slow, fast] = [kernel, quick].map((each) => simulate(each, config, [0, 0.9], 2));
    slow.forEach((statistics, i) => {
      for (const statistic of scalarStatistics) {
        expect(Math.abs(fast[i][statistic] - statistics[statistic])).toBeLessThan(2e-6);
      }
    });
  });

  test('stops where it diverges', () => {
    const config: MultipassConfig = { ...base, stepSize: 20, ridge: 0, dimension: 32, dt: 0.2 };
    const oracle = kernel.oracle(config, { teacher: teacherOf(config) }, 0);
    for (const segment of kernel.plan(config, Float64Array.of(20))) oracle.advance(segment);
    expect(oracle.blowUp).toBeGreaterThan(0);
    expect(oracle.blowUp).toBeLessThan(20);
  });
});

test('what is drawn again is what was kept', () => {
  const config: MultipassConfig = { ...base, dimension: 70, sampleRatio: 3 };
  const teacher = teacherOf(config);
  for (const oracleOf of [sgdOracle, smeOracle]) {
    const [all, some, none] = [210, 64, 0].map((kept) => {
      const rows = new TrainingRows(config, 1, kept, singleRows);
      const oracle = oracleOf(config, 1, new TrainingSet(config, teacher, 1, rows));
      oracle.advance({ step: 0, steps: 100, t: 0, dt: 0.01 });
      return oracle.statistics();
    });
    expect(some.squaredNorm).toBe(all.squaredNorm);
    expect(none).toEqual(all);
  }
});

test('a step and a measurement are done in pieces where samples are drawn again', () => {
  const config: MultipassConfig = { ...base, dimension: 70, sampleRatio: 3 };
  const teacher = teacherOf(config);
  const span = { step: 0, steps: 2, t: 0, dt: 0.02 };
  for (const oracleOf of [sgdOracle, smeOracle, flowOracle]) {
    const [whole, cut] = [1, 2].map(() => {
      const rows = new TrainingRows(config, 1, 64, singleRows);
      return oracleOf(config, 1, new TrainingSet(config, teacher, 1, rows));
    });
    whole.advance(span);
    const pieces = [...cut.advancing!(span), ...cut.measuring!()];
    // 64 samples in memory and 146 in three chunks: at least one pause between any two of the four.
    expect(pieces.length).toBeGreaterThanOrEqual(3);
    expect(cut.statistics()).toEqual(whole.statistics());
  }
});

test('every sample is visited equally often, also by batches', () => {
  const counts = new Float64Array(10);
  const visits = 20_000;
  for (let visit = 0; visit < visits; visit++) counts[visitedSample(7, 2, visit, 10)]++;
  // χ² with 9 degrees of freedom: 27.9 is passed once in 1000.
  const chi = counts.reduce((sum, count) => sum + (count - visits / 10) ** 2 / (visits / 10), 0);
  expect(chi).toBeLessThan(27.9);
});

test('small steps of SGD are gradient flow', () => {
  const gap = (stepSize: number) => {
    const config = { ...base, stepSize, labelNoise: 0, sampleRatio: 1, dt: 0.02 / stepSize };
    const t = 0.8 / stepSize;
    const [sgd, gf] = [simulate(processes.sgd, config, [t]), simulate(processes.gf, config, [t])];
    return Math.abs(sgd[0].trainLoss / gf[0].trainLoss - 1);
  };
  // Their distance is of order η.
  expect(gap(0.04)).toBeLessThan(0.08);
  expect(gap(0.64)).toBeGreaterThan(4 * gap(0.04));
});

test('the size of small batches does not matter', () => {
  const config: MultipassConfig = { ...base, dimension: 400 };
  const [one, four] = [1, 4].map((batchSize) => ensemble(processes.sgd, { ...config, batchSize }, 1, 12));
  for (const statistic of ['trainLoss', 'squaredNorm'] as const) {
    const [a, b] = [one(statistic), four(statistic)];
    expect(Math.abs(a.mean - b.mean)).toBeLessThan(4 * Math.hypot(a.error, b.error));
    // The same visits in the same order.
    expect(a.mean).not.toBe(b.mean);
  }
});
