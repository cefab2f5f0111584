/** Devices that are lost in mid-run, and errors of one run among several. */
import { expect, test } from 'vitest';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { Engine, Job } from '../../src/engine/engine.ts';
import type { Gpu } from '../../src/gpu/device.ts';
import type { Frame } from '../../src/models/model.ts';
import { gpuUnderTest } from './compute.ts';
import { multipass } from '../../src/models/multipass/index.ts';
import type { AnyModel } from '../../src/models/model.ts';
import { defaultsOf } from '../../src/config/parameter.ts';
import { cases } from '../models/multiIndex/cases.ts';
import { configWith, engineUnderTest, framesOf, jobOf, simulate, withShader } from './experiments.ts';

const config = configWith({ dimension: 512, runs: 4, labelNoise: 0.1, dt: 1 / 64, init: 'random' });
const saveAt = Array.from({ length: 33 }, (_, i) => i / 4);

/** All frames, also as they come; the device that is current when frame `at[i]` has come is destroyed. */
async function disturbed(
  job: Job,
  at: readonly number[],
  change: (job: Job, device: number) => void = () => undefined,
  frames: Frame[] = [],
): Promise<Frame[]> {
  const gpus: Gpu[] = [await gpuUnderTest()];
  const request = async () => {
    change(job, gpus.length);
    gpus.push(await gpuUnderTest());
    return gpus.at(-1)!;
  };
  const engine = webgpuEngineOn(gpus[0]!, { request, interval: 0 });
  for await (const frame of engine.run(job, new AbortController().signal)) {
    frames.push(frame);
    if (at.includes(frames.length)) gpus.at(-1)!.device.destroy();
  }
  expect(gpus).toHaveLength(1 + at.length);
  return frames;
}

test.each(['sgd', 'sde'] as const)('%s: a lost device leaves no trace in the frames', async (process) => {
  const expected = await simulate(await engineUnderTest(), process, config, saveAt);
  expect(await disturbed(jobOf(process, config, saveAt), [6])).toEqual(expected);
});

test.each(['sgd', 'sde'] as const)('%s: goes on from a checkpoint, not from the start', async (process) => {
  // So long that the submits in flight at the loss, some 15 frames, are far from the end.
  const long = Array.from({ length: 97 }, (_, i) => i / 4);
  const expected = await simulate(await engineUnderTest(), process, config, long);
  let lost = false;
  const job = withShader(jobOf(process, config, long), (shader) => ({
    state: (...of) => shader.state(...(lost ? ([of[0], of[1], of[2] + 1] as const) : of)),
  }));
  // With the wrong initial state a run that starts over would show it.
  expect(await disturbed(job, [30], () => (lost = true))).toEqual(expected);
});

test('a device lost before the first frame is replaced as well', async () => {
  const gpu = await gpuUnderTest();
  gpu.device.destroy();
  expect(await simulate(webgpuEngineOn(gpu), 'sde', config, saveAt)).toEqual(
    await simulate(await engineUnderTest(), 'sde', config, saveAt),
  );
});

test('two runs go on together on one new device', async () => {
  const gpu = await gpuUnderTest();
  let requests = 0;
  const request = () => {
    requests++;
    return gpuUnderTest();
  };
  const engine = webgpuEngineOn(gpu, { request, interval: 0 });
  const both = (['sgd', 'sde'] as const).map((process) => simulate(engine, process, config, saveAt));
  setTimeout(() => gpu.device.destroy(), 150);
  const calm = await engineUnderTest();
  const expected = [];
  for (const process of ['sgd', 'sde'] as const) expected.push(await simulate(calm, process, config, saveAt));
  expect(await Promise.all(both)).toEqual(expected);
  expect(requests).toBe(1);
});

const others = [
  ...['least squares', 'two students, two teachers'].flatMap((name) => {
    const { model, config } = cases.find((each) => each.name === name)!;
    return (['sgd', 'sde'] as const).map((process) => ({ model, config, process }));
  }),
  ...(['sgd', 'sme', 'gf'] as const).map((process) => {
    const config = { ...defaultsOf(multipass.parameters), dimension: 64, labelNoise: 0.3 };
    return { model: multipass as unknown as AnyModel, config, process };
  }),
].map((each): [string, Job] => {
  // So long that no submit in flight at a loss reaches the end.
  const times = Float64Array.from({ length: 97 }, (_, i) => i / 4);
  const job = { ...each, config: { ...each.config, runs: 3, dt: 1 / 64 }, saveAt: times };
  return [`${job.model.label}, ${job.process}`, job];
});

test.each(others)('%s: a lost device leaves no trace, a second loss is told', async (_, job) => {
  const expected = await framesOf(await engineUnderTest(), job);
  const frames: Frame[] = [];
  await expect(disturbed(job, [6, 12], undefined, frames)).rejects.toThrow(
    'The WebGPU device was lost twice: ',
  );
  expect(frames.length).toBeGreaterThanOrEqual(12);
  expect(frames).toEqual(expected.slice(0, frames.length));
});

test('a second loss ends the run, and says so', async () => {
  await expect(disturbed(jobOf('sgd', config, saveAt), [5, 9])).rejects.toThrow(
    'The WebGPU device was lost twice: ',
  );
});

test('without a new device the run ends with the reason', async () => {
  const gpu = await gpuUnderTest();
  gpu.device.destroy();
  const gone = webgpuEngineOn(gpu, { request: async () => 'There is no adapter.' });
  await expect(simulate(gone, 'sgd', config, [1])).rejects.toThrow(
    'The WebGPU device was lost. There is no adapter.',
  );
  const real = webgpuEngineOn({ ...gpu, software: false });
  await expect(simulate(real, 'sgd', config, [1])).rejects.toThrow('emulated on the CPU');
});

test('an error of one run leaves another on the same device alone', async () => {
  const engine: Engine = webgpuEngineOn(await gpuUnderTest());
  // Too few numbers for one vec4f.
  const faulty = withShader(jobOf('sgd', config, saveAt), () => ({
    instance: () => ({}),
    tables: () => ({ eigenvalue: new Float32Array(1), teacher: new Float32Array(1) }),
  }));
  const calm = simulate(engine, 'sde', config, saveAt);
  const frames = engine.run(faulty, new AbortController().signal)[Symbol.asyncIterator]();
  await expect(frames.next()).rejects.toThrow('WebGPU: ');
  expect(await calm).toEqual(await simulate(await engineUnderTest(), 'sde', config, saveAt));
});
