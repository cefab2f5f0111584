import { afterAll, expect, test, vi } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { sampleOf } from '../../src/engine/calibrate.ts';
import { calibrate, savings, workOf } from '../../src/engine/estimate.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { Experiment } from '../../src/engine/experiment.ts';
import { Pool } from '../../src/engine/pool.ts';
import { recordedTimes } from '../../src/engine/times.ts';
import { runWork } from '../../src/engine/work.ts';
import { allModels } from '../../src/models/index.ts';
import { localPort } from './localPort.ts';

const models = await allModels();

const model = models['dln']!;
const config = defaultsOf(model.parameters);
const pool = new Pool(1, () => localPort(models));
const engine = createCpuEngine(pool);
const engineFor = () => engine;
afterAll(() => pool.close());

test('the work is what an experiment does', async () => {
  const small = { ...config, dimension: 64, runs: 3, horizon: 2 };
  const saveAt = recordedTimes(2, 64);
  const only = Object.keys(model.processes);
  const experiment = new Experiment({ model, config: small, saveAt, engineFor, pool, only });
  await experiment.run();
  expect(workOf(model, small)).toBe(experiment.done);
  // SGD alone takes T·d iterations of d coordinates.
  expect(experiment.done).toBeGreaterThan(3 * 2 * 64 ** 2);
  expect(experiment.timeLeft).toBe(0);
  const { speed } = experiment;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(experiment.speed).toBe(speed);
});

test('the work includes what it costs to record', async () => {
  const multipass = models['multipass']!;
  const small = { ...defaultsOf(multipass.parameters), dimension: 32, runs: 2, horizon: 1 };
  const saveAt = recordedTimes(1, 32);
  const only = Object.keys(multipass.processes);
  const experiment = new Experiment({ model: multipass, config: small, saveAt, engineFor, pool, only });
  await experiment.run();
  expect(workOf(multipass, small)).toBe(experiment.done);
  // Every process measures the loss of 64 samples at every time.
  expect(experiment.done).toBeGreaterThan((3 * 2 * saveAt.length * 64 * 32) / 2);
});

test('half of each setting saves what it is worth: d twice, and the batch size only SGD', () => {
  const large = { ...config, dimension: 8192, batchSize: 8, runs: 4, horizon: 100 };
  const saved = Object.fromEntries(savings(model, large).map(({ key, left }) => [key, left]));
  expect(saved['dimension']).toBeCloseTo(0.25, 2);
  expect(saved['runs']).toBeCloseTo(0.5, 3);
  expect(saved['horizon']).toBeCloseTo(0.5, 3);
  expect(saved['batchSize']).toBeCloseTo(0.5, 2);
  // Until no more than 5 % are left, or the least value is reached.
  const far = Object.fromEntries(savings(model, large, 0.05).map(({ key, value }) => [key, value]));
  expect(far).toEqual({ dimension: 1024, horizon: 3.125, runs: 1, batchSize: 1 });
  expect(savings(model, { ...large, batchSize: 1, runs: 1 }).map(({ key }) => key)).toEqual([
    'dimension',
    'horizon',
  ]);
});

const largest = {
  dln: { dimension: 1048576, batchSize: 1024, runs: 256, horizon: 1000 },
  glm: { dimension: 1048576, batchSize: 1024, runs: 256, horizon: 0.1 },
  committee: { dimension: 1048576, studentWeights: [1, 1, 1, 1], teacherWeights: [1, 1, 1, 1], runs: 1 },
  multipass: { dimension: 16384, batchSize: 1024, hiddenUnits: 3, teacherUnits: 3, sampleRatio: 100 },
};

test.each(Object.entries(largest))('%s: a sample shows the speed within moments', (name, changes) => {
  const large = models[name]!;
  const whole = { ...defaultsOf(large.parameters), ...changes };
  const { config: small, saveAt } = sampleOf(large, whole);
  for (const [key, value] of Object.entries(small)) {
    if (key !== 'horizon') large.parameters[key]!.parse(large.parameters[key]!.format(value));
  }
  const of = { ...small, horizon: saveAt.at(-1)! };
  const frames = Object.values(large.processes).map((kernel) =>
    runWork([kernel], of, saveAt.subarray(0, 20)),
  );
  const each = (Number(small['runs']) / 20) * frames.reduce((sum, work) => sum + work, 0);
  expect(each).toBeLessThan(8e6);
  // Enough to do for the time of a measurement.
  expect(each * saveAt.length).toBeGreaterThan(1e8);
});

test('a calibration measures a speed, none where nothing runs', async () => {
  const options = { model, config: { ...config, dimension: 1048576, horizon: 1000 }, pool };
  expect(await calibrate({ ...options, engineFor })).toBeGreaterThan(0);
  const refuse = () => {
    throw new Error('none');
  };
  expect(await calibrate({ ...options, engineFor: refuse })).toBeNaN();
});

test('the expected speed tells the time left until the measured one can', async () => {
  const large = { ...config, dimension: 4096, runs: 4, horizon: 1000 };
  const saveAt = Float64Array.of(0, 1000);
  const experiment = new Experiment({ model, config: large, saveAt, engineFor, pool, only: ['sgd'] });
  experiment.expectedSpeed = 1e6;
  const over = experiment.run();
  expect(experiment.timeLeft).toBeCloseTo((4 * 1000 * 4096 ** 2) / 1e6, 3);
  experiment.abort();
  await over;
});

test('seconds after it has begun, the speed seen since tells more than the expected one', async () => {
  let skipped = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + skipped);
  const frame = (t: number) => {
    const values = Object.fromEntries(model.statistics.map((name) => [name, Float64Array.of(1)]));
    return { t, values, blowUp: Float64Array.of(NaN) };
  };
  const large = { ...config, dimension: 1024, runs: 1, horizon: 1000 };
  const saveAt = Float64Array.of(0, 1, 2, 1000);
  const slow: Engine = {
    ...engine,
    async *run() {
      // A minute to begin, then a unit of time every four seconds.
      skipped += 60_000;
      yield frame(0);
      for (const t of [1, 2]) {
        skipped += 4000;
        yield frame(t);
      }
      await new Promise(() => undefined);
    },
  };
  const options = { model, config: large, saveAt, pool, only: ['sgd'] };
  const experiment = new Experiment({ ...options, engineFor: () => slow });
  experiment.expectedSpeed = 1e9;
  void experiment.run();
  await vi.waitFor(() => expect(experiment.sources[0]!.trajectory.length).toBe(3));
  expect(experiment.timeLeft).toBeCloseTo((998 * 1024 ** 2) / 1e9, 1);
  skipped += 2000;
  // A unit in six seconds since the first one was there.
  expect(experiment.timeLeft / (998 * 6)).toBeCloseTo(1, 1);
  experiment.abort();
  vi.restoreAllMocks();
});
