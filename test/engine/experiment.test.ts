import { afterAll, expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { createCpuEngine } from '../../src/engine/cpu.ts';
import { Experiment } from '../../src/engine/experiment.ts';
import { Pool } from '../../src/engine/pool.ts';
import { dln } from '../../src/models/dln/index.ts';
import type { AnyModel, LimitUpdate } from '../../src/models/model.ts';
import { localPort } from './localPort.ts';

/** Refines until it is told to end. */
let end: () => void = () => undefined;
const ended = new Promise<void>((resolve) => (end = resolve));
const slow = {
  ...dln.limits['limit']!,
  async *solve(): AsyncGenerator<LimitUpdate> {
    yield { first: 0, frames: [], error: 0.1 };
    await ended;
    yield { first: 0, frames: [], error: 0.01 };
  },
};
const model = { ...dln, limits: { limit: slow } } as unknown as AnyModel;
const pools = [1, 2].map(() => new Pool(1, () => localPort({ dln: model })));
afterAll(() => pools.forEach((pool) => pool.close()));

test('while a limit refines after the simulations, that is what is told, not a time left of 0', async () => {
  const config = { ...defaultsOf(model.parameters), dimension: 64, runs: 2 };
  const engine = createCpuEngine(pools[0]!);
  let simulated: () => void = () => undefined;
  const over = new Promise<void>((resolve) => (simulated = resolve));
  const experiment: Experiment = new Experiment({
    model,
    config,
    saveAt: Float64Array.of(0, 1),
    engineFor: () => engine,
    pool: pools[1]!,
    onChange: () => experiment.refining && simulated(),
  });
  expect(experiment.refining).toBe(false);
  const finished = experiment.run();
  await over;
  await new Promise((resolve) => setTimeout(resolve));
  expect(experiment.sources.map(({ status }) => status)).toEqual(['running', 'done', 'done']);
  expect(experiment.finished).toBe(false);
  expect(experiment.progress).toBe(1);
  expect(experiment.timeLeft).toBeNaN();
  // The speed is that of the simulations: it does not sink while the limit takes its time.
  const { speed } = experiment;
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(experiment.speed).toBe(speed);
  end();
  await finished;
  expect([experiment.refining, experiment.finished, experiment.timeLeft]).toEqual([false, true, 0]);
});
