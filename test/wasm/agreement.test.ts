/** The WebAssembly kernels against their oracles, on the same random numbers. */
import { expect, test } from 'vitest';
import { dln } from '../../src/models/dln/index.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import type { StatisticName } from '../../src/models/dln/statistics.ts';
import { configWith, oracleOf, processes, spanOf, wasmOf } from './kernels.ts';

const cases: Record<string, Partial<DlnConfig>> = {
  default: { dimension: 256 },
  'batch 4 and label noise': { dimension: 200, batchSize: 4, labelNoise: 0.5, stepSize: 0.8 },
  'batch 2': { dimension: 64, batchSize: 2 },
  'two-point spectrum, odd dimension': { dimension: 131, spectrum: 'twoPoint', condition: 4, stepSize: 0.3 },
  'random start, Gaussian teacher': {
    dimension: 98,
    init: 'random',
    initScale: 0.7,
    teacher: 'gaussian',
    stepSize: 0.3,
  },
  'smallest dimension': { dimension: 16, stepSize: 0.2, seed: 4294967295 },
  'Rademacher features': { dimension: 131, features: 'rademacher' },
  'uniform features': { dimension: 98, features: 'uniform' },
  'Laplace features': { dimension: 2050, features: 'laplace' },
  'Student t features': { dimension: 1100, features: 'studentT', stepSize: 0.3, batchSize: 2 },
  'correlated features': { dimension: 2050, correlation: 0.95, spectrum: 'twoPoint', stepSize: 0.2 },
  'anticorrelated features, odd dimension': { dimension: 131, correlation: -0.6, stepSize: 0.2 },
  'correlated features, smallest dimension': { dimension: 16, correlation: 0.5, stepSize: 0.2 },
  'power law, several tiles': { dimension: 2050, spectrum: 'powerLaw', stepSize: 0.4 },
};

const configs = Object.entries(cases).flatMap(([name, changes]) =>
  processes.map((process) => ({ name, process, config: configWith(changes) })),
);

test.each(configs)('$process equals the oracle after 1,000 steps: $name', async ({ process, config }) => {
  const run = 2;
  const [fast] = (await wasmOf(process, config, [0, run])).slice(1);
  const oracle = oracleOf(process, config, run);
  for (const [step, steps] of [
    [0, 0],
    [0, 100],
    [100, 900],
  ] as const) {
    const span = spanOf(process, config, step, steps);
    fast!.advance(span);
    oracle.advance(span);
    const values = fast!.statistics();
    const errors = Object.entries(oracle.statistics()).map(([name, value]) => {
      const difference = Math.abs(values[name as StatisticName] - value);
      return difference === 0 ? 0 : difference / Math.abs(value);
    });
    expect(Math.max(...errors)).toBeLessThan(1e-4);
  }
  expect(fast!.blowUp).toBeNaN();
});

test.each(processes)('%s: quantities of the coordinates equal those of the oracle', async (process) => {
  const config = configWith({ dimension: 131, spectrum: 'twoPoint', stepSize: 0.3 });
  const [fast] = await wasmOf(process, config, [3]);
  const oracle = oracleOf(process, config, 3);
  const span = spanOf(process, config, 0, 300);
  fast!.advance(span);
  oracle.advance(span);
  for (const quantity of Object.keys(dln.distributions!.quantities)) {
    const values = fast!.coordinates!(quantity);
    const expected = oracle.coordinates!(quantity);
    expect(values.length).toBe(131);
    expect(Math.max(...values.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-4);
  }
});

test.each(processes)(
  '%s: a run does not change with other runs, their order or chunking',
  async (process) => {
    const config = configWith({ dimension: 1100, labelNoise: 0.3, batchSize: process === 'sgd' ? 3 : 1 });
    const [alone] = await wasmOf(process, config, [5]);
    alone!.advance(spanOf(process, config, 0, 60));
    const several = await wasmOf(process, config, [1, 5, 0]);
    for (const [step, steps] of [
      [0, 1],
      [1, 30],
      [31, 0],
      [31, 29],
    ] as const) {
      for (const each of several) {
        each.advance(spanOf(process, config, step, steps));
        each.statistics();
      }
    }
    expect(several[1]!.statistics()).toEqual(alone!.statistics());
  },
);

test.each(processes)(
  '%s: a run diverges at the step where the oracle does, and stays there',
  async (process) => {
    const config = configWith({ dimension: 256, stepSize: 10 });
    const [fast] = await wasmOf(process, config, [1]);
    const oracle = oracleOf(process, config, 1);
    for (const step of [0, 50, 100]) {
      fast!.advance(spanOf(process, config, step, 50));
      oracle.advance(spanOf(process, config, step, 50));
      expect(fast!.blowUp).toBe(oracle.blowUp);
    }
    expect(fast!.blowUp).toBeGreaterThan(0);
  },
);
