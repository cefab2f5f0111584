import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { LimitCascade } from '../../../src/models/dln/limitCascade.ts';
import { LimitIntegrator } from '../../../src/models/dln/limitIntegrator.ts';
import { indexBefore, isSpread, spreadClasses } from '../../../src/models/dln/limitSpread.ts';
import { classesOf, type Nodes } from '../../../src/models/dln/limitStart.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';

/** From a small start coordinates are learnt one eigenvalue after the other, each of them suddenly. */
const config: DlnConfig = {
  ...defaultsOf(parameters),
  spectrum: 'logUniform',
  condition: 20,
  labelNoise: 0.01,
  density: 1,
  initScale: 0.1,
};

function finished<T>(solving: Generator<void, T>): T {
  let step = solving.next();
  while (!step.done) step = solving.next();
  return step.value;
}

test.each<[string, Partial<DlnConfig>]>([
  ['log-uniform', {}],
  ['power law', { spectrum: 'powerLaw', exponent: 0.2 }],
  ['Marchenko–Pastur', { spectrum: 'marchenkoPastur', aspect: 0.5 }],
])('%s: copies share the law of λ between them', (_, fields) => {
  const classes = spreadClasses({ ...config, ...fields }, [10, 1, 1]);
  let [mass, mean] = [0, 0];
  for (const { weight, eigenvalue, copies = [] } of classes) {
    for (const { ratio, weight: share } of copies) {
      mass += weight * share;
      mean += weight * share * ratio * eigenvalue;
    }
  }
  expect(mass).toBeCloseTo(1, 10);
  expect(mean).toBeCloseTo(1, 5);
});

test('few eigenvalues in their own time say what many say', () => {
  const coefficients = { batchSize: 20, labelNoise: config.labelNoise, stepSizeAt: () => 0.05 };
  const times = Float64Array.of(0, 10, 30, 60, 180);
  const accuracy = { points: 41, reach: 6, half: 4, tolerance: 1e-5 };
  const first = classesOf(config, [24, 1, 1]);
  const run = new LimitIntegrator(first, coefficients, times, accuracy);
  while (run.advance());
  const cascade = new LimitCascade({ classes: first, accuracy, goesOn: true }, coefficients, times, run);
  const sums = (nodes: Nodes, spread: boolean) => {
    const classes = spread ? spreadClasses(config, nodes) : classesOf(config, nodes);
    return finished(cascade.probe(classes, { tolerance: 1e-6, roughness: 1e-3 })).slice(0, 4);
  };
  const exact = sums([64, 1, 1], false);
  const errorOf = (found: Float64Array[]) =>
    Math.max(
      ...found.flatMap((all, i) =>
        Array.from(all, (x, k) => (x === exact[i]![k] ? 0 : Math.abs(x / exact[i]![k]! - 1))),
      ),
    );
  const [few, more] = [errorOf(sums([8, 1, 1], true)), errorOf(sums([16, 1, 1], true))];
  expect(errorOf(sums([16, 1, 1], false))).toBeGreaterThan(30 * few);
  expect(more).toBeLessThan(few / 10);
  expect(more).toBeLessThan(1e-5);
});

test('a law of few eigenvalues, or of those of d coordinates, has none in between', () => {
  expect(isSpread(config)).toBe(true);
  expect(isSpread({ ...config, spectrum: 'twoPoint' })).toBe(false);
  expect(isSpread({ ...config, limitLaw: 'rounded' })).toBe(false);
});

test('times are found by bisection', () => {
  expect([-1, 0, 0.5, 1, 7, 9].map((t) => indexBefore([0, 1, 2, 7], t))).toEqual([0, 0, 0, 1, 3, 3]);
});
