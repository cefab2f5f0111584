import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import { gpuUnderTest } from './compute.ts';
import { configWith, engineUnderTest, oracleFrames, simulate, type Process } from './experiments.ts';

const cases: Record<string, Partial<DlnConfig>> = {
  default: { dimension: 256 },
  'batch 4 and label noise': { dimension: 200, batchSize: 4, labelNoise: 0.5, stepSize: 0.8 },
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
  'uniform features': { dimension: 256, features: 'uniform' },
  'Laplace features': { dimension: 131, features: 'laplace' },
  'Student t features': { dimension: 256, features: 'studentT', stepSize: 0.3 },
  'power law, large dimension': { dimension: 2050, spectrum: 'powerLaw', stepSize: 0.4 },
};

const configs = Object.entries(cases).flatMap(([name, changes]) =>
  (['sgd', 'sde'] as const).map((process) => ({ name, process, changes })),
);

/** Largest relative difference of a statistic (NaN where a run has diverged), or difference of a time. */
async function worstError(engine: Engine, process: Process, changes: Partial<DlnConfig>): Promise<number> {
  const config = configWith({ runs: 3, dt: 0.005, ...changes });
  const saveAt = timesOf(process, config);
  const frames = await simulate(engine, process, config, saveAt);
  const errors = [0, 2].flatMap((run) =>
    oracleFrames(process, config, saveAt, run).flatMap(({ t, values }, index) => [
      Math.abs(frames[index]!.t - t),
      ...Object.entries(values).map(([name, value]) => {
        const difference = Math.abs(frames[index]!.values[name]![run]! - value);
        return value === 0 ? difference : difference / value;
      }),
    ]),
  );
  return Math.max(...errors);
}

test.each(configs)('$process equals the oracle after 1,000 steps: $name', async ({ process, changes }) => {
  expect(await worstError(await engineUnderTest(), process, changes)).toBeLessThan(1e-4);
});

test.each([
  ['sgd', 16],
  ['sde', 16],
  ['sgd', 2050],
  ['sde', 2050],
] as const)('%s equals the oracle in the shape of a real GPU: dimension %i', async (process, dimension) => {
  const gpu = await gpuUnderTest();
  const engine = webgpuEngineOn({ ...gpu, software: false });
  expect(await worstError(engine, process, { dimension })).toBeLessThan(1e-4);
});

/** Three times, the last one after 1,000 steps. */
function timesOf(process: Process, config: DlnConfig): number[] {
  const end = process === 'sgd' ? 1000 / config.dimension : 1000 * config.dt;
  return [0, 0.1 * end, end];
}
