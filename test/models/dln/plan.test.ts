import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { dln } from '../../../src/models/dln/index.ts';
import { parameters } from '../../../src/models/dln/parameters.ts';

const config = { ...defaultsOf(parameters), dimension: 100, dt: 0.03 };
const times = fc
  .array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 1, maxLength: 20 })
  .map((list) => Float64Array.from(list).sort());

test.each(['sgd', 'sde'])('%s: steps are consecutive, of one length, and end within half a step', (name) => {
  const dt = name === 'sgd' ? 1 / config.dimension : config.dt;
  fc.assert(
    fc.property(times, (saveAt) => {
      let step = 0;
      dln.processes[name]!.plan(config, saveAt).forEach((segment, i) => {
        expect(segment.step).toBe(step);
        expect(segment.dt).toBe(dt);
        expect(segment.t).toBeCloseTo(step * dt, 8);
        step += segment.steps;
        expect(segment.end).toBeCloseTo(step * dt, 8);
        // No step past the last time, so that times close to it may lose a whole one.
        const slack = saveAt[i]! + dt > saveAt.at(-1)! ? 1 : 0.5;
        expect(Math.abs(segment.end - saveAt[i]!)).toBeLessThanOrEqual(slack * dt + 1e-8);
      });
    }),
    { seed: 3 },
  );
});

test('the SDE takes no step past the last time, and multiples of dt are recorded as they are given', () => {
  const plan = (...saveAt: number[]) =>
    dln.processes['sde']!.plan({ ...config, dt: 0.1 }, Float64Array.from(saveAt));
  expect(plan(0.25).at(-1)!.end).toBeCloseTo(0.2, 12);
  expect(plan(0.3, 0.7).map(({ end }) => end)).toEqual([0.3, 0.7]);
});

test('a run of the SDE does not depend on when it is recorded', () => {
  const instance = dln.instance(config);
  const end = (saveAt: number[]) => {
    const kernel = dln.processes['sde']!;
    const oracle = kernel.oracle(config, instance, 0);
    kernel.plan(config, Float64Array.from(saveAt)).forEach((segment) => oracle.advance(segment));
    return oracle.statistics();
  };
  expect(end([0.1, 0.145, 0.5, 0.9])).toEqual(end([0.9]));
});
