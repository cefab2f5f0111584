import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { LimitCascade } from '../../../src/models/dln/limitCascade.ts';
import { LimitIntegrator } from '../../../src/models/dln/limitIntegrator.ts';
import type { Solution } from '../../../src/models/dln/limitSolution.ts';
import { integrator, solutions } from '../../../src/models/dln/limitSolutions.ts';
import { limitClasses } from '../../../src/models/dln/limitStart.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';

const config: DlnConfig = {
  ...defaultsOf(parameters),
  spectrum: 'logUniform',
  condition: 4,
  labelNoise: 0.2,
};
const coefficients = { batchSize: 1, labelNoise: 0.2, stepSizeAt: () => config.stepSize };
const times = Float64Array.of(0, 0.5, 2, 6);
const accuracy = { points: 41, reach: 6, half: 4, tolerance: 1e-5 };
const many = limitClasses(config, { budget: Infinity, refinement: 0.8 });
const part = { classes: many, accuracy: { tolerance: 1e-8, roughness: 4e-5 }, sign: 1 } as const;

/** Largest relative difference of all statistics at all times. */
function apart(a: readonly Float64Array[], b: readonly Float64Array[]): number {
  const differences = a.flatMap((sums, i) =>
    Array.from(sums, (x, k) => (x === b[i]![k] ? 0 : x / b[i]![k]! - 1)),
  );
  return Math.max(...differences.map(Math.abs));
}

function finished<T>(solving: Generator<void, T>): T {
  let step = solving.next();
  while (!step.done) step = solving.next();
  return step.value;
}

describe('passes over many classes', () => {
  it('come to the solution of all classes coupled, the error squared by each', () => {
    const all = new LimitIntegrator(many, coefficients, times, {
      ...accuracy,
      points: 101,
      reach: 7.25,
      tolerance: 1e-9,
    });
    while (all.advance());
    const classes = limitClasses(config, { budget: 6, refinement: 1 });
    const first = new LimitIntegrator(classes, coefficients, times, accuracy);
    while (first.advance());
    const cascade = new LimitCascade({ classes, accuracy }, coefficients, times, first);
    const errors = [apart(first.recorded, all.recorded)];
    for (let i = 0; i < 2; i++) {
      const recorded = finished(cascade.pass([part]));
      errors.push(apart(recorded, all.recorded));
    }
    expect(errors[0]).toBeGreaterThan(1e-4);
    expect(errors[1]).toBeLessThan(errors[0]! / 50);
    expect(errors[2]).toBeLessThan(1e-6);
  });
});

async function lastOf(config: DlnConfig, when: Float64Array): Promise<Solution> {
  let last: Solution | undefined;
  for await (const solution of solutions(config, when)) last = solution;
  return last!;
}

describe('solutions in turn', () => {
  it('end with one that states its error, which is not larger', async () => {
    const last = await lastOf(config, times);
    expect(last.error).toBeLessThanOrEqual(1e-6);
    const exact = integrator(config, times, {
      ...accuracy,
      points: 121,
      reach: 7.5,
      tolerance: 1e-9,
      budget: Infinity,
      refinement: 1.5 * last.refinement,
    });
    while (exact.advance());
    expect(apart(last.recorded, exact.recorded)).toBeLessThan(last.error);
  });

  it('know off-support energy that rare coordinates make', async () => {
    const rare: DlnConfig = { ...defaultsOf(parameters), initScale: 0.003, labelNoise: 1, stepSize: 1 };
    const when = Float64Array.of(1, 30);
    const last = await lastOf(rare, when);
    expect(last.level).toBeGreaterThan(1);
    expect(last.recorded[1]![7]).toBeGreaterThan(0);
    expect(last.recorded[1]![7]).toBeLessThan(last.recorded[1]![5]!);
  });
});
