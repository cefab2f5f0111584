/** The WGSL kernels of multi-pass SGD against their oracles, with samples that are kept and samples drawn again. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import type { Engine, Job } from '../../src/engine/engine.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { AnyModel, Kernel, StagedShader } from '../../src/models/model.ts';
import { multipass } from '../../src/models/multipass/index.ts';
import { parameters, type MultipassConfig } from '../../src/models/multipass/parameters.ts';
import { gpuUnderTest } from './compute.ts';
import { engineUnderTest, framesOf, oracleFramesOf } from './experiments.ts';

const processes = ['sgd', 'sme', 'gf'] as const;
type Process = (typeof processes)[number];

const model = multipass as unknown as AnyModel;

function jobOf(process: Process, changes: Partial<MultipassConfig>, saveAt: readonly number[]): Job {
  const config = { ...defaultsOf(parameters), dimension: 131, runs: 3, dt: 1 / 64, ...changes };
  return { model, process, config, saveAt: Float64Array.from(saveAt) };
}

/** Three times, the last one after so many steps. */
function timesOf(process: Process, changes: Partial<MultipassConfig>, steps: number): number[] {
  const { dimension = 131, batchSize = 1 } = changes;
  const end = process === 'sgd' ? (steps * batchSize) / dimension : steps / 64;
  return [0, 0.1 * end, end];
}

/** The job on a device with room for so many numbers of samples. */
function withRoom(job: Job, room: number): Job {
  const kernel = job.model.processes[job.process]!;
  const staged = kernel.shader as StagedShader;
  const scratch: StagedShader['scratch'] = (config) => staged.scratch(config, room);
  const changed: Kernel = { ...kernel, shader: { ...staged, scratch } };
  return { ...job, model: { ...job.model, processes: { [job.process]: changed } } };
}

/** Largest difference of a statistic of two of the runs from their oracles, relative where that is less. */
async function worstError(engine: Engine, job: Job): Promise<number> {
  const frames = await framesOf(engine, job);
  const errors = [0, 2].flatMap((run) =>
    oracleFramesOf(job, run).flatMap(({ t, values }, index) => {
      expect(frames[index]!.t).toBe(t);
      return Object.entries(values).map(
        ([name, value]) =>
          Math.abs(frames[index]!.values[name]![run]! - value) / Math.max(1, Math.abs(value)),
      );
    }),
  );
  return Math.max(...errors);
}

const cases: Record<string, Partial<MultipassConfig>> = {
  default: {},
  'least squares': { loss: 'leastSquares', stepSize: 0.8, labelNoise: 0.3, sampleRatio: 0.7, initNorm: 0.5 },
  'tanh neuron': { loss: 'tanh', labelNoise: 0.2, dimension: 200, initOverlap: 0.5 },
  'phase retrieval': { loss: 'phase', labelNoise: 0.2, sampleRatio: 0.5, stepSize: 1, initOverlap: 0.3 },
  'batches of 40': { batchSize: 40, dimension: 98, sampleRatio: 5.1, labelNoise: 0.4 },
  'smallest dimension': { dimension: 16, sampleRatio: 0.1, stepSize: 0.5, seed: 4294967295 },
};

const all = Object.entries(cases).flatMap(([name, changes]) =>
  processes.map((process) => ({ name, process, changes })),
);

test.each(all)('$process equals the oracle after 300 steps: $name', async ({ process, changes }) => {
  const job = jobOf(process, changes, timesOf(process, changes, 300));
  expect(await worstError(await engineUnderTest(), job)).toBeLessThan(1e-4);
});

test.each(processes)('%s equals the oracle in the shape of a real GPU', async (process) => {
  const engine = webgpuEngineOn({ ...(await gpuUnderTest()), software: false });
  const changes = { labelNoise: 0.2, batchSize: 2, sampleRatio: 1 };
  const job = jobOf(process, changes, timesOf(process, changes, 20));
  expect(await worstError(engine, job)).toBeLessThan(1e-4);
});

test.each(processes)('%s: samples that are drawn again are those that were kept', async (process) => {
  const engine = await engineUnderTest();
  const job = jobOf(process, { labelNoise: 0.3 }, timesOf(process, {}, 20));
  const kept = await framesOf(engine, job);
  // Room for 100 of 262 samples, and for none.
  for (const room of [100 * 132 * 3, 0]) {
    const drawn = await framesOf(engine, withRoom(job, room));
    drawn.forEach(({ values }, index) => {
      for (const [name, each] of Object.entries(values)) {
        each.forEach((value, run) =>
          expect(Math.abs(value - kept[index]!.values[name]![run]!)).toBeLessThan(2e-6),
        );
      }
    });
  }
});

test('SGD labels samples that it does not measure when it visits them', async () => {
  const job = jobOf('sgd', { loss: 'tanh', labelNoise: 0.3, sampleRatio: 4 }, [0, 0.4, 0.8]);
  const { model: own, config } = job;
  const staged = own.processes['sgd']!.shader as StagedShader;
  // A tenth of what is measured otherwise; the loss of fewer samples is not compared.
  const params: StagedShader['params'] = (...of) => ({ ...staged.params(...of), measured: 52 });
  const kernel: Kernel = { ...own.processes['sgd']!, shader: { ...staged, params } };
  const changed = { ...job, model: { ...own, processes: { sgd: kernel } } };
  const frames = await framesOf(await engineUnderTest(), withRoom(changed, 0));
  for (const [index, { values }] of oracleFramesOf(
    { model: own, process: 'sgd', config, saveAt: job.saveAt },
    1,
  ).entries()) {
    for (const name of ['squaredNorm', 'overlap'] as const) {
      expect(Math.abs(frames[index]!.values[name]![1]! - values[name]!)).toBeLessThan(1e-5);
    }
  }
});

test.each(processes)('%s: a run does not change with the chunking nor with the runs', async (process) => {
  const engine = await engineUnderTest();
  const changes = { dimension: 64, labelNoise: 0.3, batchSize: 2 };
  const every = Array.from({ length: 17 }, (_, i) => i / 32);
  const often = await framesOf(engine, jobOf(process, { ...changes, runs: 2 }, every));
  const seldom = await framesOf(engine, jobOf(process, { ...changes, runs: 5 }, [0.5]));
  for (const [name, values] of Object.entries(often.at(-1)!.values)) {
    expect(values).toEqual(seldom[0]!.values[name]!.slice(0, 2));
  }
});

test.each(processes)('%s: diverged runs freeze at the time the oracle gives', async (process) => {
  const changes = { loss: 'leastSquares', dimension: 32, stepSize: 20, ridge: 0, dt: 0.2 } as const;
  const saveAt = Array.from({ length: 11 }, (_, i) => 2 * i);
  const job = jobOf(process, changes, saveAt);
  const expected = [0, 1, 2].map((run) => oracleFramesOf(job, run).at(-1)!.blowUp);
  expect(expected.every((t) => t > 0)).toBe(true);
  const frames = await framesOf(await engineUnderTest(), job);
  expect([...frames.at(-1)!.blowUp]).toEqual(expected);
  for (const { t, values } of frames) {
    for (const [run, end] of expected.entries()) {
      for (const each of Object.values(values)) expect(Number.isFinite(each[run])).toBe(t <= end);
    }
  }
});
