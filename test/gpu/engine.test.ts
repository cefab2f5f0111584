import { expect, test, vi } from 'vitest';
import { Gate } from '../../src/engine/gate.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { Frame, ShaderModule } from '../../src/models/model.ts';
import { gpuUnderTest } from './compute.ts';
import {
  configWith,
  engineUnderTest,
  framesOf,
  jobOf,
  oracleFrames,
  simulate,
  withShader,
} from './experiments.ts';

/** The values of one run, frame by frame. */
function runOf(frames: readonly Frame[], run: number): number[][] {
  return frames.map(({ values }) => Object.values(values).map((all) => all[run]!));
}

const processes = ['sgd', 'sde'] as const;
const base = configWith({ dimension: 130, dt: 1 / 64, labelNoise: 0.3, batchSize: 2, init: 'random' });

test.each(processes)('%s: a run does not change with the number of runs', async (process) => {
  const engine = await engineUnderTest();
  const few = await simulate(engine, process, { ...base, runs: 2 }, [0.5, 2]);
  const many = await simulate(engine, process, { ...base, runs: 7 }, [0.5, 2]);
  expect(runOf(few, 1)).toEqual(runOf(many, 1));
  expect(runOf(many, 1)).not.toEqual(runOf(many, 2));
});

test.each(processes)('%s: a run does not change with the chunking', async (process) => {
  const engine = await engineUnderTest();
  const config = { ...base, runs: 2 };
  const every = Array.from({ length: 65 }, (_, i) => i / 32);
  const often = await simulate(engine, process, config, every);
  const seldom = await simulate(engine, process, config, [2]);
  expect(often).toHaveLength(65);
  expect(often.at(-1)).toEqual(seldom[0]);
});

test.each(processes)(
  '%s: diverged runs freeze at the time the oracle gives; others go on',
  async (process) => {
    const config = configWith({ dimension: 64, runs: 12, stepSize: 3.1, seed: 5 });
    const saveAt = Array.from({ length: 17 }, (_, i) => i / 8);
    const frames = await simulate(await engineUnderTest(), process, config, saveAt);
    const { blowUp } = frames.at(-1)!;
    const expected = Array.from(
      blowUp,
      (_, run) => oracleFrames(process, config, saveAt, run).at(-1)!.blowUp,
    );
    expect([...blowUp]).toEqual(expected);
    expect(expected.some(Number.isNaN)).toBe(true);
    expect(expected.some((t) => t > 0)).toBe(true);
    for (const frame of frames) {
      for (const [run, end] of expected.entries()) {
        const over = frame.t > end;
        expect(frame.blowUp[run]).toBe(over ? end : NaN);
        for (const values of Object.values(frame.values)) expect(Number.isFinite(values[run])).toBe(!over);
      }
    }
  },
);

test('the noiseless risk of SGD follows float64 below 1e-20', async () => {
  const config = configWith({ dimension: 1024, runs: 1, stepSize: 0.8, density: 0.5 });
  const saveAt = [35, 70];
  const frames = await simulate(await engineUnderTest(), 'sgd', config, saveAt);
  const expected = oracleFrames('sgd', config, saveAt, 0).map(({ values }) => values.weightedError!);
  const risk = frames.map(({ values }) => values.weightedError![0]!);
  expect(expected[1]).toBeLessThan(1e-20);
  risk.forEach((value, index) => expect(value / expected[index]!).toBeCloseTo(1, 2));
});

test('the noiseless risk of the SDE follows float64 down to 1e-14', async () => {
  const config = configWith({ dimension: 128, runs: 1, stepSize: 0.6, dt: 0.02 });
  const saveAt = Array.from({ length: 9 }, (_, i) => 20 * i);
  const frames = await simulate(await engineUnderTest(), 'sde', config, saveAt);
  const expected = oracleFrames('sde', config, saveAt, 0).map(({ values }) => values.weightedError!);
  frames.forEach(({ values }, index) => {
    const difference = Math.abs(values.weightedError![0]! - expected[index]!);
    expect(difference).toBeLessThan(0.05 * expected[index]! + 2e-14);
  });
  expect(expected.at(-1)).toBeLessThan(2e-15);
});

test.each(processes)('%s: sums with and without subgroups agree up to rounding', async (process) => {
  const engine = await engineUnderTest();
  const job = jobOf(process, configWith({ dimension: 700, runs: 3, dt: 1 / 64 }), [0.1, 0.5]);
  const seen: string[] = [];
  const plain = async (modules: Promise<readonly ShaderModule[]>) =>
    (await modules).map(({ name, code, subgroups }) => {
      if (subgroups) seen.push(subgroups.name);
      return { name, code };
    });
  const without = await framesOf(
    engine,
    withShader(job, ({ modules }) => ({ modules: (config) => plain(modules(config)) })),
  );
  expect(seen).toEqual(['lib/reduceSubgroups.wgsl']);
  const frames = await framesOf(engine, job);
  expect(frames).not.toEqual(without);
  frames.forEach(({ values }, index) => {
    for (const [name, all] of Object.entries(values)) {
      const others = without[index]!.values[name]!;
      all.forEach((value, run) =>
        expect(Math.abs(value - others[run]!)).toBeLessThanOrEqual(1e-5 * Math.abs(others[run]!)),
      );
    }
  });
});

test('two jobs at once give what each gives alone', async () => {
  const engine = await engineUnderTest();
  const config = configWith({ dimension: 256, runs: 3 });
  const alone = [];
  for (const process of processes) alone.push(await simulate(engine, process, config, [0, 1, 2]));
  const together = processes.map((process) => simulate(engine, process, config, [0, 1, 2]));
  expect(await Promise.all(together)).toEqual(alone);
});

test('aborting rejects a pending pull with the reason', async () => {
  const engine = await engineUnderTest();
  const controller = new AbortController();
  const config = configWith({ dimension: 2048, runs: 16 });
  const frames = engine.run(jobOf('sgd', config, [1000]), controller.signal)[Symbol.asyncIterator]();
  const pull = frames.next();
  const reason = new Error('changed my mind');
  setTimeout(() => controller.abort(reason), 50);
  await expect(pull).rejects.toBe(reason);
  await expect(frames.next()).resolves.toEqual({ done: true, value: undefined });
});

test('aborting between two pulls ends the next one, and the engine can go on', async () => {
  const engine = await engineUnderTest();
  const controller = new AbortController();
  const config = configWith({ dimension: 64, runs: 2 });
  const frames = engine.run(jobOf('sde', config, [0, 1, 2]), controller.signal)[Symbol.asyncIterator]();
  expect((await frames.next()).value.t).toBe(0);
  controller.abort();
  await expect(frames.next()).rejects.toBe(controller.signal.reason);
  expect(await simulate(engine, 'sde', config, [0.1])).toHaveLength(1);
});

test('a dimension that no workgroup holds is refused by a kernel without another design', async () => {
  const engine = await engineUnderTest();
  const jobIn = (dimension: number) =>
    withShader(jobOf('sgd', configWith({ dimension }), [1]), () => ({
      wide: undefined,
    }));
  expect(engine.refusal(jobIn(8192))).toBeUndefined();
  const refused = 'Dimension 8193 is more than the 8192 coordinates that the WebGPU engine holds.';
  expect(engine.refusal(jobIn(8193))).toBe(refused);
  await expect(framesOf(engine, jobIn(8193))).rejects.toThrow(refused);
});

test('correlated features are refused, of SGD alone', async () => {
  const engine = await engineUnderTest();
  const config = configWith({ dimension: 64, runs: 1, correlation: 0.5 });
  expect(engine.refusal(jobOf('sgd', config, [1]))).toMatch(/^Correlated features .*CPU engine/);
  await expect(simulate(engine, 'sgd', config, [1])).rejects.toThrow('Correlated features');
  expect(engine.refusal(jobOf('sde', config, [1]))).toBeUndefined();
});

test('while the gate is shut nothing is submitted', async () => {
  const gpu = await gpuUnderTest();
  const submit = vi.spyOn(gpu.device.queue, 'submit');
  const gate = new Gate();
  const job = jobOf('sgd', configWith({ dimension: 512, runs: 4 }), [0, 1, 1000]);
  const controller = new AbortController();
  const frames = webgpuEngineOn(gpu).run(job, controller.signal, gate)[Symbol.asyncIterator]();
  for (const t of [0, 1]) expect((await frames.next()).value.t).toBe(t);
  const pull = frames.next();
  gate.shut = true;
  // Submits in flight come to their end.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const before = submit.mock.calls.length;
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(submit.mock.calls.length).toBe(before);
  gate.shut = false;
  await vi.waitFor(() => expect(submit.mock.calls.length).toBeGreaterThan(before));
  gate.shut = true;
  controller.abort(new Error('changed'));
  await expect(pull).rejects.toThrow('changed');
});
