import { afterAll, expect, test, vi } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { Experiment } from '../../src/engine/experiment.ts';
import { Pool } from '../../src/engine/pool.ts';
import { allModels } from '../../src/models/index.ts';
import type { AnyModel, Frame } from '../../src/models/model.ts';
import { localPort } from './localPort.ts';

const models = await allModels();

const model = models['dln']!;
const config = { ...defaultsOf(model.parameters), dimension: 64, runs: 5, horizon: 2 };
const saveAt = Float64Array.from([0, 0.5, 1, 2]);
const pools: Pool[] = [];

function pool(size: number, of: Readonly<Record<string, AnyModel>> = models): Pool {
  const created = new Pool(size, () => localPort(of));
  pools.push(created);
  return created;
}

afterAll(() => pools.forEach((each) => each.close()));

async function frames(size: number, runs: number, process = 'sgd'): Promise<Frame[]> {
  const job = { model, process, config: { ...config, runs }, saveAt };
  const list: Frame[] = [];
  for await (const frame of createCpuEngine(pool(size)).run(job, new AbortController().signal))
    list.push(frame);
  return list;
}

test.each(['sgd', 'sde'])(
  '%s: frames come in order, one per recorded time, whatever the number of workers',
  async (process) => {
    const one = await frames(1, 5, process);
    const three = await frames(3, 5, process);
    expect(one.map(({ t }) => t)).toEqual([...saveAt]);
    expect(three).toEqual(one);
  },
);

test('a run does not change with the number of runs', async () => {
  const few = await frames(2, 2);
  const many = await frames(2, 7);
  few.forEach((frame, i) => {
    expect(many[i]!.values['curvature']!.slice(0, 2)).toEqual(frame.values['curvature']);
  });
});

test('abort ends a pending pull at once with the reason', async () => {
  const abort = new AbortController();
  const long = { ...config, dimension: 4096, horizon: 1000 };
  const job = { model, process: 'sgd', config: long, saveAt: Float64Array.from([0, 1000]) };
  const run = createCpuEngine(pool(1)).run(job, abort.signal)[Symbol.asyncIterator]();
  await run.next();
  const pending = run.next();
  abort.abort(new Error('changed'));
  await expect(pending).rejects.toThrow('changed');
});

test('abort ends a step that is done in pieces', async () => {
  let pieces = 0;
  function* forever(): Generator<void> {
    for (;;) {
      pieces++;
      yield;
    }
  }
  const { wasm: _, ...slow } = model.processes['sgd']!;
  const idle = { advance: () => undefined, statistics: () => ({}), blowUp: NaN, advancing: forever };
  const endless: AnyModel = { ...model, processes: { sgd: { ...slow, oracle: () => idle } } };
  const abort = new AbortController();
  const job = { model: endless, process: 'sgd', config, saveAt: Float64Array.of(1) };
  const run = createCpuEngine(pool(1, { dln: endless }))
    .run(job, abort.signal)
    [Symbol.asyncIterator]();
  const pending = run.next();
  await vi.waitFor(() => expect(pieces).toBeGreaterThan(0));
  abort.abort(new Error('changed'));
  await expect(pending).rejects.toThrow('changed');
  // The worker stops at its next look at the messages.
  let before = -1;
  while (before < pieces) {
    before = pieces;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
});

test('an error in a worker reaches the consumer in one line', async () => {
  const { wasm: _, ...slow } = model.processes['sgd']!;
  const kernel = {
    ...slow,
    oracle: () => {
      throw new RangeError('no oracle today');
    },
  };
  const broken: AnyModel = { ...model, processes: { sgd: kernel } };
  const job = { model: broken, process: 'sgd', config, saveAt };
  const engine = createCpuEngine(pool(2, { dln: broken }));
  const run = engine.run(job, new AbortController().signal)[Symbol.asyncIterator]();
  await expect(run.next()).rejects.toThrow('no oracle today');
});

test('what finds no memory says what to lower', async () => {
  const { wasm: _, ...slow } = model.processes['sgd']!;
  const oracle = () => {
    throw new RangeError('Array buffer allocation failed');
  };
  const large: AnyModel = { ...model, processes: { sgd: { ...slow, oracle } } };
  const job = { model: large, process: 'sgd', config, saveAt };
  const run = createCpuEngine(pool(1, { dln: large }))
    .run(job, new AbortController().signal)
    [Symbol.asyncIterator]();
  await expect(run.next()).rejects.toThrow(
    '5 runs in dimension 64 do not fit into memory: lower the dimension or the number of runs',
  );
});

function experiment(changes: Record<string, unknown> = {}, only = ['sgd', 'sde']): Experiment {
  const engine = createCpuEngine(pool(2));
  return new Experiment({
    model,
    config: { ...config, ...changes },
    saveAt,
    only,
    engineFor: () => engine,
    pool: pool(1),
  });
}

test('an experiment runs every process to the horizon and accounts for its work', async () => {
  const done = experiment();
  await done.run();
  expect(done.sources.map(({ name, status }) => [name, status])).toEqual([
    ['sgd', 'done'],
    ['sde', 'done'],
  ]);
  expect(done.progress).toBe(1);
  const [sgd] = done.sources;
  expect(sgd!.work).toEqual({ done: 64 * 64 * 2 * 5, total: 64 * 64 * 2 * 5 });
  const risk = sgd!.trajectory.column('risk', 'mean');
  expect(risk.every((value) => value > 0)).toBe(true);
});

test('pause holds the processes, step lets one frame through, resume finishes', async () => {
  const held = experiment({}, ['sgd']);
  const [sgd] = held.sources;
  held.pause();
  const end = held.run();
  const settle = () => new Promise((resolve) => setTimeout(resolve, 100));
  await settle();
  expect(sgd!.trajectory.length).toBe(0);
  held.step();
  await settle();
  expect(sgd!.trajectory.length).toBe(2);
  expect(held.paused).toBe(true);
  held.resume();
  await end;
  expect(sgd!.trajectory.length).toBe(saveAt.length);
});

test('while it is paused no worker computes', async () => {
  let steps = 0;
  function* many(): Generator<void> {
    for (;;) {
      steps++;
      yield;
    }
  }
  const { wasm: _, ...slow } = model.processes['sgd']!;
  const idle = { advance: () => undefined, statistics: () => ({}), blowUp: NaN, advancing: many };
  const endless: AnyModel = { ...model, processes: { sgd: { ...slow, oracle: () => idle } }, limits: {} };
  const engine = createCpuEngine(pool(1, { dln: endless }));
  const running = new Experiment({
    model: endless,
    config,
    saveAt: Float64Array.of(0, 1),
    engineFor: () => engine,
    pool: pool(1),
  });
  const end = running.run();
  await vi.waitFor(() => expect(steps).toBeGreaterThan(0));
  running.pause();
  // The worker rests at its next look at the messages.
  let before = -1;
  while (before < steps) {
    before = steps;
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  running.resume();
  await vi.waitFor(() => expect(steps).toBeGreaterThan(before));
  running.abort();
  await end;
});

test('a step before anything is shown goes to the first time after 0, with all processes', async () => {
  const held = experiment({});
  held.pause();
  const end = held.run();
  held.step();
  const lengths = () => held.sources.map(({ trajectory }) => trajectory.length);
  await vi.waitFor(() =>
    expect(lengths()).toEqual(held.sources.map(({ kind }) => (kind === 'process' ? 2 : saveAt.length))),
  );
  held.resume();
  await end;
});

test('divergence is reported with its time and ends the curve, not the experiment', async () => {
  const wild = experiment({ stepSize: 10, dimension: 256 });
  await wild.run();
  for (const source of wild.sources) {
    expect(source.status).toBe('done');
    expect(source.blowUp!.runs).toBe(5);
    expect(source.blowUp!.t).toBeGreaterThanOrEqual(0);
    expect(source.blowUp!.t).toBeLessThan(0.5);
    expect(source.trajectory.column('risk', 'q50')[2]).toBeNaN();
  }
});
