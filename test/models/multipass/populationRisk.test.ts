import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { normalCumulative } from '../../../src/math/gaussian.ts';
import { activations, type ActivationName } from '../../../src/models/multipass/activations.ts';
import { networkOf } from '../../../src/models/multipass/architecture.ts';
import { losses, type LossName } from '../../../src/models/multipass/losses.ts';
import { observables } from '../../../src/models/multipass/observables.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { classificationError, populationRisk } from '../../../src/models/multipass/populationRisk.ts';
import { toStatistics, type Statistics } from '../../../src/models/multipass/statistics.ts';
import { unitProducts } from '../../../src/models/multipass/unitProducts.ts';

const base = { ...defaultsOf(parameters), loss: 'leastSquares' } as const;

/** Statistics at t = 0. */
function startOf(config: MultipassConfig): Statistics {
  const network = networkOf(config);
  return toStatistics(network, 0, network.moments);
}

const riskAtStart = (config: MultipassConfig): number => populationRisk(startOf(config), config);

/** Product trapezoidal rule of standard normals. */
function mean(dimension: number, h: number, of: (z: readonly number[]) => number): number {
  const count = Math.ceil(7 / h);
  let sum = 0;
  const z: number[] = [];
  const add = (weight: number): void => {
    if (z.length === dimension) {
      sum += weight * of(z);
      return;
    }
    for (let i = -count; i <= count; i++) {
      z.push(i * h);
      add((weight * h * Math.exp((-i * i * h * h) / 2)) / Math.sqrt(2 * Math.PI));
      z.pop();
    }
  };
  add(1);
  return sum;
}

describe.each(Object.keys(activations) as ActivationName[])('products of %s', (name) => {
  const { value } = activations[name];
  test.each([
    [0.5, 0.2, 1],
    [2, -0.9, 1.3],
    [0.7, 0.7, 0.7],
  ])('E u² = %s, E uv = %s, E v² = %s', (first, product, second) => {
    const [along, across] = [
      product / Math.sqrt(first),
      Math.sqrt(Math.max(0, second - product ** 2 / first)),
    ];
    const brute = mean(2, 0.08, ([x, y]) => value(Math.sqrt(first) * x!) * value(along * x! + across * y!));
    expect(Math.abs(unitProducts[name](first, product, second) - brute)).toBeLessThan(1e-9);
  });
});

test.each(Object.keys(losses) as LossName[])('%s of linear units is that of one unit', (loss) => {
  const config: MultipassConfig = {
    ...base,
    loss,
    hiddenUnits: 2,
    teacherUnits: 2,
    secondLayer: [0.5, -2],
    initOverlap: 0.3,
    labelNoise: 0.2,
  };
  // f = r₁/2 − 2r₂ and f* = r₁* + r₂*: variances ¼ + 4 and 2, mean product 0.15 − 0.6.
  const one: MultipassConfig = {
    ...base,
    loss,
    initNorm: 4.25,
    initOverlap: -0.45,
    teacherNorm: 2,
    labelNoise: 0.2,
  };
  expect(riskAtStart(config)).toBeCloseTo(riskAtStart(one), 12);
  expect(classificationError(startOf(config), config)).toBeCloseTo(
    classificationError(startOf(one), one),
    12,
  );
});

test('one unit of tanh is the tanh neuron', () => {
  const values = { initNorm: 1.7, initOverlap: -0.4, labelNoise: 0.3 };
  expect(riskAtStart({ ...base, ...values, activation: 'tanh' })).toBeCloseTo(
    riskAtStart({ ...base, ...values, loss: 'tanh' }),
    12,
  );
});

describe('means over points', () => {
  const config: MultipassConfig = {
    ...base,
    hiddenUnits: 2,
    activation: 'tanh',
    secondLayer: [1, 0.5],
    initMoments: [1.5, 0.2, 0.6, 1, 0.3, 1],
    labelNoise: 0.3,
  };
  /** Fields of two students and a teacher by the root of their moments. */
  const [a, b, c] = [1, 0.6, 0.3];
  const d = Math.sqrt(1.5 - b ** 2);
  const e = (0.2 - b * c) / d;
  const f = Math.sqrt(1 - c ** 2 - e ** 2);

  test.each([
    ['logisticSign', 0.002],
    ['tanh', 0.002],
    ['phase', 0.005],
  ] as const)('%s: relative error below %s', (loss, most) => {
    const { value, label } = losses[loss];
    const brute = mean(3, 0.2, ([x, y, z]) => {
      const teacher = Math.tanh(a * x!);
      const output = Math.tanh(b * x! + d * y!) + 0.5 * Math.tanh(c * x! + e * y! + f * z!);
      if (loss !== 'logisticSign') return value(output, label(teacher, 0)) + 0.3 ** 2 / 2;
      const positive = normalCumulative(teacher / 0.3);
      return positive * value(output, 1) + (1 - positive) * value(output, -1);
    });
    expect(Math.abs(riskAtStart({ ...config, loss }) / brute - 1)).toBeLessThan(most);
  });

  test('are the same under an exchange of units, up to that error', () => {
    const exchanged: MultipassConfig = {
      ...config,
      secondLayer: [0.5, 1],
      initMoments: [1, 0.2, 0.3, 1.5, 0.6, 1],
    };
    for (const [loss, most] of [
      ['leastSquares', 1e-12],
      ['logisticSign', 0.004],
    ] as const) {
      const [one, other] = [config, exchanged].map((each) => riskAtStart({ ...each, loss }));
      expect(Math.abs(one / other - 1)).toBeLessThan(most);
    }
  });

  test('signs of one odd unit each are those of linear ones', () => {
    const one: MultipassConfig = { ...base, loss: 'logisticSign', initOverlap: 0.4 };
    const [linear, bent] = (['identity', 'erf'] as const).map((activation) => {
      const each: MultipassConfig = { ...one, activation };
      return classificationError(startOf(each), each);
    });
    expect(Math.abs(bent / linear - 1)).toBeLessThan(0.005);
  });
});

test('what has diverged has no risk, and what is learned leaves the noise', () => {
  const config: MultipassConfig = {
    ...base,
    hiddenUnits: 2,
    teacherUnits: 2,
    activation: 'softplus',
    labelNoise: 0.4,
  };
  expect(populationRisk({ ...startOf(config), squaredNorm: NaN }, config)).toBeNaN();
  expect(riskAtStart({ ...config, initOverlap: 1 })).toBeCloseTo(0.08, 10);
});

describe('observables of several units', () => {
  const config: MultipassConfig = {
    ...base,
    hiddenUnits: 2,
    teacherUnits: 2,
    activation: 'tanh',
    initMoments: [4, 0, 0, 2, 1, 0.5, 0, 1, 0, 1],
  };

  test('the cosine is that of the nearest unit, whichever it is', () => {
    // Teacher 1: cosines 0 and 0.5; teacher 2: 1 and 0.
    expect(observables.overlap.of(startOf(config), config)).toBeCloseTo(0.75, 12);
    const flipped: MultipassConfig = { ...config, secondLayer: [1, -1] };
    expect(observables.overlap.of(startOf(flipped), flipped)).toBeCloseTo(0.5, 12);
  });

  test('the norm is the mean over units', () => {
    expect(observables.norm.of(startOf(config), config)).toBe(2.5);
  });
});
