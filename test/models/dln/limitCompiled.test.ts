import { describe, expect, it } from 'vitest';
import { Quintic } from '../../../src/math/quintic.ts';
import type { Coefficients } from '../../../src/models/dln/feedback.ts';
import { LimitIntegrator } from '../../../src/models/dln/limitIntegrator.ts';
import { machines } from '../../../src/models/dln/limitCompiled.ts';
import type { LimitClass } from '../../../src/models/dln/transportMap.ts';

const machineFor = await machines();

/** A risk that falls from 1 by a factor of 1e6 up to t = 20. */
const taus = Float64Array.from({ length: 60 }, (_, i) => Math.sqrt((20 * i) / 59));
const lnRisk = new Quintic(
  taus,
  taus.map((tau) => -0.7 * tau * tau),
);
const coefficients: Coefficients = {
  batchSize: 2,
  labelNoise: 0,
  stepSizeAt: (t) => 0.8 / (1 + 0.1 * t),
  lnRisk,
};
const saveAt = Float64Array.from({ length: 30 }, (_, i) => 20 * (i / 29) ** 2);

const items: readonly (readonly [string, LimitClass, number])[] = [
  ['off the support', { eigenvalue: 1, teacher: 0, weight: 1, lnC: -6, angle: () => 0 }, 61],
  ['on the support, learnt late', { eigenvalue: 2, teacher: 1.5, weight: 1, lnC: -9, angle: () => 0 }, 61],
  ['from a random start', { eigenvalue: 0.3, teacher: 4, weight: 1, lnC: -2, angle: (z) => 0.3 * z }, 91],
  ['with large angles', { eigenvalue: 1, teacher: 3, weight: 1, lnC: -400, angle: (z) => 0.5 * z }, 61],
];

describe('steps in WebAssembly', () => {
  it.each(items)('are those of the plain solver: %s', (_, item, points) => {
    const resolution = { points, reach: 7.25, half: 4 };
    const accuracy = { ...resolution, tolerance: 1e-7 };
    const plain = new LimitIntegrator([item], coefficients, saveAt, accuracy);
    const machine = machineFor(item, coefficients, resolution);
    expect(machine).toBeDefined();
    while (plain.advance());
    // Rounding moves the ends of steps: the same ones are taken.
    const options = { machine, replay: plain.taus };
    const compiled = new LimitIntegrator([item], coefficients, saveAt, accuracy, options);
    while (compiled.advance());
    expect(compiled.recorded).toHaveLength(saveAt.length);
    compiled.recorded.forEach((sums, i) =>
      sums.forEach((value, k) => {
        const expected = plain.recorded[i]![k]!;
        const apart = Object.is(value, expected) ? 0 : Math.abs(value - expected) / Math.abs(expected);
        expect(apart).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it('leaves to the plain solver what does not move', () => {
    const still: LimitClass = { eigenvalue: 0, teacher: 1, weight: 1, lnC: 0, angle: () => 0 };
    expect(machineFor(still, coefficients, { points: 61, reach: 7.25, half: 4 })).toBeUndefined();
  });
});
