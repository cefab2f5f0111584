import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodeFragment, type Schemas } from '../../src/config/fragment.ts';
import type { AnyConfig } from '../../src/config/parameter.ts';
import { viewParameters } from '../../src/config/view.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { Pool } from '../../src/engine/pool.ts';
import { allModels } from '../../src/models/index.ts';
import type { AnyModel } from '../../src/models/model.ts';
import { Session } from '../../src/ui/session.ts';
import { localPort } from '../engine/localPort.ts';

const models = await allModels();

const schemas: Schemas = { models: { dln: models['dln']!.parameters }, view: viewParameters };
/** Of a small experiment; `fields` may not set its size again. */
const settings = (fields: string) =>
  decodeFragment(`dimension=16&runs=2&horizon=1&${fields}`, schemas).settings;

const pools = Array.from({ length: 2 }, () => new Pool(1, () => localPort(models)));
const [processes, limits] = pools as [Pool, Pool];
const cpu = createCpuEngine(processes);
const onCpu = {
  engines: { cpu, webgpu: undefined, missing: 'There is no adapter.', software: false },
  limits,
  simulators: processes,
};

const host = {
  addController: () => undefined,
  removeController: () => undefined,
  requestUpdate: () => undefined,
  updateComplete: Promise.resolve(true),
};
let session: Session;
let redraws = 0;
/** A hidden tab has no frames: what waits for one waits until it is seen. */
let hidden: ((now: number) => void)[] | undefined;

function show(): void {
  const waiting = hidden ?? [];
  hidden = undefined;
  for (const frame of waiting) frame(performance.now());
}

beforeEach(() => {
  hidden = undefined;
  vi.stubGlobal('requestAnimationFrame', (frame: (now: number) => void) => {
    if (hidden) return hidden.push(frame);
    return setTimeout(() => frame(performance.now()), 5);
  });
  vi.stubGlobal('cancelAnimationFrame', clearTimeout);
  session = new Session(
    host,
    (name) => models[name]!,
    () => redraws++,
  );
});

afterEach(() => {
  session.hostDisconnected();
  vi.unstubAllGlobals();
});

const finished = () => vi.waitFor(() => expect(session.experiment?.finished).toBe(true), 20_000);

test('experiments wait for the engines, and only the last settings of a frame are run', async () => {
  session.follow(settings('seed=1'));
  session.follow(settings('seed=2'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(session.experiment).toBeUndefined();
  session.connect(onCpu);
  await finished();
  expect(session.experiment!.config['seed']).toBe(2);
  expect([...session.reasons]).toEqual(['There is no adapter.']);
  expect(redraws).toBeGreaterThan(0);
});

test('a change of the view goes on with the experiment, a change of config, model or engine starts anew', async () => {
  session.connect(onCpu);
  const first = settings('seed=1');
  session.follow(first);
  await finished();
  const { experiment } = session;
  session.follow({ ...first, view: { ...first.view, logX: true } });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(session.experiment).toBe(experiment);
  session.follow({ ...first, view: { ...first.view, engine: 'cpu' } });
  await vi.waitFor(() => expect(session.experiment).not.toBe(experiment), 5000);
  await finished();
});

test('an optional limit comes and goes beside a running experiment', async () => {
  session.connect(onCpu);
  const first = settings('');
  session.follow(first);
  await finished();
  const { experiment } = session;
  const labels = () => session.recorded!.sources.map(({ label }) => label);
  expect(labels()).not.toContain('gradient flow');
  session.follow({ ...first, view: { ...first.view, also: ['gradientFlow', 'limit', 'unknown'] } });
  expect(labels().filter((label) => label === 'limit')).toHaveLength(1);
  const flow = session.recorded!.sources.find(({ name }) => name === 'gradientFlow')!;
  await vi.waitFor(() => expect(flow.status).toBe('done'), 5000);
  expect(flow.trajectory.column('risk', 'q50').at(-1)).toBeGreaterThan(0);
  session.follow({ ...first, view: { ...first.view, also: [] } });
  expect(labels()).not.toContain('gradient flow');
  expect(session.experiment).toBe(experiment);
});

test('a GPU that fails is left for the CPU, with its reason', async () => {
  const broken: Engine = {
    name: 'webgpu',
    device: 'test',
    refusal: () => undefined,
    run: () => ({
      [Symbol.asyncIterator]: () => ({
        next: () => Promise.reject(new Error('The WebGPU device was lost.')),
      }),
    }),
  };
  session.connect({
    engines: { cpu, webgpu: broken, missing: '', software: false },
    limits,
    simulators: processes,
  });
  session.follow(settings('seed=4'));
  await vi.waitFor(() => {
    expect(session.experiment!.sources.map(({ engine }) => engine?.name)).toEqual([undefined, 'cpu', 'cpu']);
  }, 5000);
  await finished();
  expect(session.experiment!.sources.map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  expect([...session.reasons]).toEqual(['Started over on the CPU: The WebGPU device was lost.']);
});

test('the time left is told as well where an engine refuses one of the processes', async () => {
  const refusal: Engine['refusal'] = ({ process }) => (process === 'sde' ? 'Not the SDE.' : undefined);
  const webgpu: Engine = { ...cpu, name: 'webgpu', refusal };
  session.connect({
    engines: { cpu, webgpu, missing: '', software: false },
    limits,
    simulators: processes,
  });
  session.follow(decodeFragment('engine=webgpu&dimension=4096&horizon=1000', schemas).settings);
  await vi.waitFor(() => expect(session.experiment!.expectedSpeed).toBeGreaterThan(0), 5000);
  expect(session.experiment!.timeLeft).toBeLessThan(Infinity);
  session.hostDisconnected();
});

test('pins keep what is shown, once', async () => {
  session.connect(onCpu);
  session.follow(settings('seed=1'));
  await finished();
  session.pin();
  session.pin();
  expect(session.pins.map(({ id }) => id)).toEqual([1]);
  session.follow(settings('seed=2'));
  await vi.waitFor(() => expect(session.experiment!.config['seed']).toBe(2), 5000);
  session.pin();
  expect(session.pins.map(({ experiment }) => experiment.config['seed'])).toEqual([1, 2]);
  session.unpin(1);
  expect(session.pins.map(({ id }) => id)).toEqual([2]);
});

test('values that do not go together are not run, and what was there stays', async () => {
  const problem = (config: AnyConfig) => (config['seed'] === 3 ? 'Seed 3 is expected elsewhere.' : undefined);
  const strict: AnyModel = { ...models['dln']!, problem };
  session = new Session(
    host,
    () => strict,
    () => redraws++,
  );
  session.connect(onCpu);
  session.follow(settings('seed=3'));
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(session.problem).toBe('Seed 3 is expected elsewhere.');
  expect(session.experiment).toBeUndefined();
  session.follow(settings('seed=4'));
  await finished();
  const { experiment } = session;
  session.follow(settings('seed=3'));
  session.toggle();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(session.experiment).toBe(experiment);
  expect(experiment!.config['seed']).toBe(4);
});

test('a tab that is hidden goes on computing, draws nothing, and draws all when it is seen', async () => {
  session.connect(onCpu);
  session.follow(decodeFragment('dimension=2048&runs=2&horizon=4', schemas).settings);
  await vi.waitFor(() => expect(session.experiment).toBeDefined());
  hidden = [];
  const { experiment } = session;
  // Frames may be under way, on a busy machine for a while.
  let before = NaN;
  while (redraws !== before) {
    before = redraws;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect(experiment!.finished).toBe(false);
  await finished();
  expect(session.experiment).toBe(experiment);
  expect(redraws).toBe(before);
  show();
  await vi.waitFor(() => expect(redraws).toBeGreaterThan(before));
});
