/** Runs that no buffer holds together. */
import { expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import { gpuUnderTest } from './compute.ts';
import { configWith, engineUnderTest, framesOf, jobOf, withShader, type Process } from './experiments.ts';

/** 132 numbers hold a run, with sums of 64 and a sample where a run has two workgroups. */
const config = configWith({
  dimension: 130,
  runs: 7,
  stepSize: 3.1,
  seed: 5,
  dt: 1 / 64,
  labelNoise: 0.3,
  init: 'random',
});
const saveAt = Array.from({ length: 17 }, (_, i) => i / 16);

const designs = { narrow: 8192, wide: 0 } as const;

function simulate(engine: Engine, process: Process, maxDimension: number) {
  return framesOf(
    engine,
    withShader(jobOf(process, config, saveAt), () => ({ maxDimension })),
  );
}

test.each(
  Object.entries(designs).flatMap(([name, most]) =>
    (['sgd', 'sde'] as const).map((p) => [p, name, most] as const),
  ),
)(
  '%s, %s: groups of runs are what all runs at once are, through a loss of the device',
  async (process, _, most) => {
    const expected = await simulate(await engineUnderTest(), process, most);
    const gpu = await gpuUnderTest();
    const engine = webgpuEngineOn(gpu, { most: 400, interval: 0 });
    expect(await simulate(engine, process, most)).toEqual(expected);
    expect(expected.at(-1)!.blowUp.some((t) => t > 0)).toBe(true);
    const rest = simulate(engine, process, most);
    gpu.device.destroy();
    expect(await rest).toEqual(expected);
  },
);

test('what the memory of the device does not hold is refused, with what to lower', async () => {
  const gpu = await gpuUnderTest();
  // Stands for a device that is full after the shared arrays: none should be filled by a test.
  const { device } = gpu;
  let full = false;
  const [create, pop] = [device.createBuffer.bind(device), device.popErrorScope.bind(device)];
  device.createBuffer = (descriptor) => {
    full ||= descriptor.label === 'SGD u';
    return create(descriptor);
  };
  device.popErrorScope = async () => (await pop()) ?? (full ? new GPUOutOfMemoryError('full') : null);
  const run = framesOf(webgpuEngineOn(gpu, { most: 400 }), jobOf('sgd', config, [1]));
  await expect(run).rejects.toThrow('7 runs in dimension 130 do not fit into the memory');
});
