/** Kernels are compiled ahead, and once. */
import { expect, test, vi } from 'vitest';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { DlnConfig } from '../../src/models/dln/parameters.ts';
import { gpuUnderTest } from './compute.ts';
import { configWith, framesOf, jobOf } from './experiments.ts';

const config = configWith({ dimension: 300, runs: 2, dt: 1 / 64 });

test('a second experiment compiles nothing, whatever slider has moved but d', async () => {
  const gpu = await gpuUnderTest();
  const compiled = vi.spyOn(gpu.device, 'createComputePipelineAsync');
  const engine = webgpuEngineOn(gpu);
  const simulate = async (changes: Partial<DlnConfig>) => {
    for (const process of ['sgd', 'sde'] as const) {
      await framesOf(engine, jobOf(process, { ...config, ...changes }, [0.01]));
    }
    return compiled.mock.calls.length;
  };
  expect(await simulate({})).toBe(2);
  const changes: Partial<DlnConfig>[] = [
    {},
    { stepSize: 0.1, labelNoise: 0.5, seed: 9, runs: 5, horizon: 3, dt: 1 / 32 },
    { batchSize: 7, init: 'random', initScale: 0.3 },
    { spectrum: 'powerLaw', exponent: 1.5, teacher: 'gaussian', amplitude: 2 },
  ];
  for (const each of changes) expect(await simulate(each)).toBe(2);
  // Another law of the features is another kernel of SGD.
  expect(await simulate({ features: 'laplace' })).toBe(3);
});

test('what is prepared is not compiled again when it runs', async () => {
  const gpu = await gpuUnderTest();
  const compiled = vi.spyOn(gpu.device, 'createComputePipelineAsync');
  const engine = webgpuEngineOn(gpu);
  const job = jobOf('sgd', config, [0.01]);
  engine.prepare!(job);
  await vi.waitFor(() => expect(compiled).toHaveBeenCalledTimes(1));
  await compiled.mock.results[0]!.value;
  await framesOf(engine, job);
  expect(compiled).toHaveBeenCalledTimes(1);
  // What cannot run says so when it is asked to.
  engine.prepare!(jobOf('sgd', { ...config, correlation: 0.5 }, [0.01]));
  expect(compiled).toHaveBeenCalledTimes(1);
});
