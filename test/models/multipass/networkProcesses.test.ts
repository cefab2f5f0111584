/** SGD, SME and gradient flow of two-layer networks: laws that hold for every run and sample. */
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { singleRows } from '../../../src/math/rows.ts';
import type { Kernel } from '../../../src/models/model.ts';
import { smeOracle } from '../../../src/models/multipass/flow.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { processes } from '../../../src/models/multipass/processes.ts';
import { sgdOracle } from '../../../src/models/multipass/sgd.ts';
import { teacherOf } from '../../../src/models/multipass/start.ts';
import { statisticNames, type StatisticName } from '../../../src/models/multipass/statistics.ts';
import { TrainingRows } from '../../../src/models/multipass/trainingRows.ts';
import { TrainingSet } from '../../../src/models/multipass/trainingSet.ts';

const base: MultipassConfig = {
  ...defaultsOf(parameters),
  dimension: 60,
  loss: 'leastSquares',
  stepSize: 0.6,
  ridge: 0.1,
  labelNoise: 0.3,
  initOverlap: 0.3,
  dt: 0.05,
};

const two: MultipassConfig = {
  ...base,
  hiddenUnits: 2,
  teacherUnits: 2,
  activation: 'tanh',
  secondLayer: [1, -0.7],
};

type Statistics = Record<StatisticName, number>;

/** Statistics of run 1 at t = 0 and 1.3. */
function simulate(
  kernel: Pick<Kernel<StatisticName>, 'plan' | 'oracle'>,
  config: MultipassConfig,
): Statistics[] {
  const oracle = kernel.oracle(config, { teacher: teacherOf(config) }, 1);
  return kernel.plan(config, Float64Array.of(0, 1.3)).map((segment) => {
    oracle.advance(segment);
    return oracle.statistics();
  });
}

describe.each(['sgd', 'sme', 'gf'] as const)('%s', (name) => {
  const kernel = processes[name];

  test('starts from the stated moments', () => {
    const [start] = simulate(kernel, { ...two, initMoments: [1, 0.2, 0.3, 0.1, 2, 0, -0.4, 1.5, 0.1, 1] });
    expect([start.squaredNorm, start.product12, start.overlap, start.overlap12]).toEqual(
      [1, 0.2, 0.3, 0.1].map((value) => expect.closeTo(value, 12) as number),
    );
    expect([start.product22, start.overlap21, start.overlap22, start.product33]).toEqual(
      [2, 0, -0.4, 0].map((value) => expect.closeTo(value, 12) as number),
    );
  });

  test('two linear units are one with the sum of their steps', () => {
    const start = { initNorm: 0, initOverlap: 0 };
    const network: MultipassConfig = {
      ...base,
      ...start,
      hiddenUnits: 2,
      secondLayer: [1, 2],
      stepSize: 0.1,
    };
    const one: MultipassConfig = { ...base, ...start, stepSize: 0.5, ridge: base.ridge / 5 };
    const [, a] = simulate(kernel, network);
    const [, b] = simulate(kernel, one);
    expect(a.trainLoss).toBeCloseTo(b.trainLoss, 10);
    expect(a.overlap + 2 * a.overlap21).toBeCloseTo(b.overlap, 10);
    expect(a.squaredNorm + 4 * a.product12 + 4 * a.product22).toBeCloseTo(b.squaredNorm, 10);
    expect(a.trainLoss).toBeLessThan(0.7 * simulate(kernel, network)[0].trainLoss);
  });

  test.each(['tanh', 'erf', 'softplus'] as const)('two equal units of %s stay one', (activation) => {
    const one: MultipassConfig = { ...base, activation };
    // Half the second layer halves the steps of each unit.
    const half = { secondLayer: [0.5], stepSize: 2 * base.stepSize, ridge: base.ridge / 2 };
    const { initNorm: q, initOverlap: m, teacherNorm } = base;
    const pair: MultipassConfig = {
      ...one,
      ...half,
      hiddenUnits: 2,
      initMoments: [q, q, m, q, m, teacherNorm],
    };
    const [, a] = simulate(kernel, pair);
    const [, b] = simulate(kernel, one);
    for (const key of ['trainLoss', 'squaredNorm', 'overlap'] as const) expect(a[key]).toBeCloseTo(b[key], 9);
    expect([a.product12, a.product22, a.overlap21]).toEqual(
      [a.squaredNorm, a.squaredNorm, a.overlap].map((value) => expect.closeTo(value, 9) as number),
    );
  });

  test('one unit of tanh is the tanh neuron', () => {
    const [, a] = simulate(kernel, { ...base, activation: 'tanh' });
    const [, b] = simulate(kernel, { ...base, loss: 'tanh' });
    for (const key of ['trainLoss', 'squaredNorm', 'overlap'] as const)
      expect(a[key]).toBeCloseTo(b[key], 10);
  });

  test('is the same in WebAssembly, up to rounding', async () => {
    const oracle = await kernel.quick!();
    const config: MultipassConfig = { ...two, dimension: 67, loss: 'logisticSign', batchSize: 3 };
    const [slow, fast] = [simulate(kernel, config), simulate({ plan: kernel.plan, oracle }, config)];
    slow.forEach((statistics, i) => {
      for (const statistic of statisticNames) {
        expect(Math.abs(fast[i][statistic] - statistics[statistic])).toBeLessThan(3e-6);
      }
    });
  });

  test('stops where a network diverges', () => {
    const config: MultipassConfig = { ...two, activation: 'softplus', stepSize: 20, ridge: 0, dt: 0.2 };
    const oracle = kernel.oracle(config, { teacher: teacherOf(config) }, 0);
    for (const segment of kernel.plan(config, Float64Array.of(20))) oracle.advance(segment);
    expect(oracle.blowUp).toBeGreaterThan(0);
  });
});

test('what is drawn again is what was kept', () => {
  const config: MultipassConfig = { ...two, sampleRatio: 2.5 };
  const teacher = teacherOf(config);
  for (const oracleOf of [sgdOracle, smeOracle]) {
    const [all, none] = [150, 0].map((kept) => {
      const rows = new TrainingRows(config, 1, kept, singleRows);
      const oracle = oracleOf(config, 1, new TrainingSet(config, teacher, 1, rows));
      oracle.advance({ step: 0, steps: 30, t: 0, dt: 0.02 });
      return oracle.statistics();
    });
    expect(none).toEqual(all);
  }
});
