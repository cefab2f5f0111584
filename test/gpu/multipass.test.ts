/** The WGSL kernels of multi-pass SGD against their oracles, with samples that are kept and samples drawn again. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import type { Engine, Job } from '../../src/engine/engine.ts';
import { Pace } from '../../src/engine/pace.ts';
import { webgpuEngineOn } from '../../src/engine/webgpu.ts';
import type { AnyModel, Frame, Kernel, StagedShader } from '../../src/models/model.ts';
import { multipass } from '../../src/models/multipass/index.ts';
import { parameters, type MultipassConfig } from '../../src/models/multipass/parameters.ts';
import { gpuUnderTest } from './compute.ts';
import { engineUnderTest, framesOf, oracleFramesOf } from './experiments.ts';

const processes = ['sgd', 'sme', 'gf'] as const;
type Process = (typeof processes)[number];

const model = multipass as unknown as AnyModel;

/** One for all tests, so that what they share is compiled once. */
const engine = await engineUnderTest();

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

/** Largest difference of a statistic of the first and last run from their oracles, relative where that is less. */
async function worstError(engine: Engine, job: Job): Promise<number> {
  const frames = await framesOf(engine, job);
  const errors = [0, Number(job.config['runs']) - 1].flatMap((run) =>
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
  'tanh neuron': { loss: 'tanh', labelNoise: 0.2, dimension: 98, initOverlap: 0.5 },
  'phase retrieval': { loss: 'phase', labelNoise: 0.2, sampleRatio: 0.5, stepSize: 1, initOverlap: 0.3 },
  'smallest dimension': { dimension: 16, sampleRatio: 0.1, stepSize: 0.5, seed: 4294967295 },
  'two tanh units, one teacher': {
    loss: 'leastSquares',
    activation: 'tanh',
    hiddenUnits: 2,
    secondLayer: [0.5, -1],
    stepSize: 0.5,
    sampleRatio: 1,
  },
  'three units, two teachers': {
    activation: 'erf',
    hiddenUnits: 3,
    teacherUnits: 2,
    labelNoise: 0.3,
    dimension: 66,
    initOverlap: 0.4,
  },
  'one unit, three teachers': {
    activation: 'softplus',
    teacherUnits: 3,
    loss: 'phase',
    stepSize: 0.5,
    dimension: 66,
  },
};

/** SME and gradient flow differ in nothing that these cases are about. */
const alike = ['tanh neuron', 'phase retrieval', 'smallest dimension', 'one unit, three teachers'];

const all = Object.entries(cases).flatMap(([name, changes]) =>
  processes
    .filter((process) => process !== 'gf' || !alike.includes(name))
    .map((process) => ({ name, process, changes })),
);

test.each(all)('$process equals the oracle after 200 steps: $name', async ({ process, changes }) => {
  const job = jobOf(process, changes, timesOf(process, changes, 200));
  expect(await worstError(engine, job)).toBeLessThan(1e-4);
});

test('SGD by batches equals the oracle after 200 steps', async () => {
  const changes = { batchSize: 40, dimension: 98, sampleRatio: 5.1, labelNoise: 0.4 };
  const job = jobOf('sgd', changes, timesOf('sgd', changes, 200));
  expect(await worstError(engine, job)).toBeLessThan(1e-4);
});

test.each(processes)('%s equals the oracle in the shape of a real GPU', async (process) => {
  const real = webgpuEngineOn({ ...(await gpuUnderTest()), software: false });
  const changes = { labelNoise: 0.2, batchSize: 2, sampleRatio: 1 };
  const job = jobOf(process, changes, timesOf(process, changes, 10));
  expect(await worstError(real, job)).toBeLessThan(1e-4);
});

test.each(processes)('%s: samples that are drawn again are those that were kept', async (process) => {
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
  const job = jobOf('sgd', { loss: 'tanh', labelNoise: 0.3, teacherUnits: 2 }, [0, 0.4, 0.8]);
  const kernel = job.model.processes['sgd']!;
  const staged = kernel.shader as StagedShader;
  const shader: StagedShader = {
    ...staged,
    params: (...of) => ({ ...staged.params(...of), measured: 26 }),
    async modules(config) {
      const modules = await staged.modules(config);
      expect(modules[0]!.code).toContain('LABELLED = true');
      return modules.map(({ code, ...rest }) => ({
        ...rest,
        code: code.replace('LABELLED = true', 'LABELLED = false'),
      }));
    },
  };
  const changed = { ...job, model: { ...job.model, processes: { sgd: { ...kernel, shader } } } };
  const frames = await framesOf(engine, withRoom(changed, 0));
  for (const [index, { values }] of oracleFramesOf(job, 1).entries()) {
    // The loss is that of fewer samples.
    for (const name of ['squaredNorm', 'overlap'] as const) {
      expect(Math.abs(frames[index]!.values[name]![1]! - values[name]!)).toBeLessThan(1e-5);
    }
  }
});

test.each(processes)('%s: a run does not change with the chunking nor with the runs', async (process) => {
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
  const frames = await framesOf(engine, job);
  expect([...frames.at(-1)!.blowUp]).toEqual(expected);
  for (const { t, values } of frames) {
    for (const [run, end] of expected.entries()) {
      for (const each of Object.values(values)) expect(Number.isFinite(each[run])).toBe(t <= end);
    }
  }
});

test.each(processes)('%s: a run does not change where what is large is cut', async (process) => {
  const job = jobOf(process, { dimension: 400, runs: 8 }, timesOf(process, { dimension: 400 }, 2));
  const { config } = job;
  const kernel = job.model.processes[process]!;
  const staged = kernel.shader as StagedShader;
  const { prepare, record } = staged.sizes(config);
  const { piece } = new Pace(kernel.cost(config) * Number(config['runs']));
  expect(prepare).toBeGreaterThan(2 * piece);
  expect(record).toBeGreaterThan(piece);
  const shader: StagedShader = {
    ...staged,
    modules: async (values) =>
      (await staged.modules(values)).map((module) => ({
        ...module,
        code: module.code.replaceAll('span.run', '0u').replaceAll('span.part', '0u'),
      })),
  };
  const whole = { ...job, model: { ...job.model, processes: { [process]: { ...kernel, shader } } } };
  expect(await framesOf(engine, job)).toEqual(await framesOf(engine, whole));
});

test.each(processes)('%s: a lost device leaves no trace', async (process) => {
  const saveAt = Array.from({ length: 17 }, (_, i) => i / 8);
  const job = jobOf(process, { dimension: 64, labelNoise: 0.3 }, saveAt);
  const expected = await framesOf(engine, job);
  const gpu = await gpuUnderTest();
  const losing = webgpuEngineOn(gpu, { interval: 0 });
  const frames: Frame[] = [];
  for await (const frame of losing.run(job, new AbortController().signal)) {
    frames.push(frame);
    if (frames.length === 9) gpu.device.destroy();
  }
  expect(frames).toEqual(expected);
});
