/** Correlated features: what is drawn has the stated covariance, and the statistics are those of that covariance. */
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { dln } from '../../../src/models/dln/index.ts';
import type { DlnInstance } from '../../../src/models/dln/instance.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';
import { correlatedStatistics, samplesOf } from '../../../src/models/dln/samples.ts';
import { normalAt } from '../../../src/math/normal.ts';
import { streams } from '../../../src/math/threefry.ts';

const base: DlnConfig = {
  ...defaultsOf(parameters),
  dimension: 22,
  spectrum: 'logUniform',
  condition: 9,
  teacher: 'gaussian',
  labelNoise: 0.3,
};
const correlations = [-0.7, 0.5, 0.95];

/** K_ij = √(λ_i λ_j) φ^|i−j|, dense. */
function covariance({ eigenvalue }: DlnInstance, correlation: number): number[][] {
  return Array.from(eigenvalue, (a, i) =>
    Array.from(eigenvalue, (b, j) => Math.sqrt(a * b) * correlation ** Math.abs(i - j)),
  );
}

function product(matrix: number[][], vector: Float64Array): number[] {
  return matrix.map((row) => row.reduce((sum, value, j) => sum + value * vector[j]!, 0));
}

const wave = (i: number, phase: number) => Math.sin(1.3 * i + phase);

/** Some weights, their error and the dense Ke. */
function stateUnder(correlation: number) {
  const instance = dln.instance(base) as DlnInstance;
  const u = instance.teacher.map((_, i) => 1 + wave(i, 0));
  const v = instance.teacher.map((_, i) => wave(i, 1));
  const error = instance.teacher.map((value, i) => u[i]! * v[i]! - value);
  return { instance, u, v, error, force: product(covariance(instance, correlation), error) };
}

describe.each(correlations)('φ = %d', (correlation) => {
  const config = { ...base, correlation };
  const { instance, u, v, error, force } = stateUnder(correlation);
  const { dimension } = config;
  const kappa = u.map((a, i) => a * a + v[i]! * v[i]!);
  const statistics = correlatedStatistics(instance.eigenvalue, error, kappa, correlation);

  test('the recursions give the forms of the dense covariance', () => {
    const form = force.reduce((sum, value, i) => sum + value * error[i]!, 0) / dimension;
    const norm = force.reduce((sum, value, i) => sum + value ** 2 * kappa[i]!, 0) / dimension;
    expect(statistics.weightedError / form).toBeCloseTo(1, 12);
    expect(statistics.gradientNorm / norm).toBeCloseTo(1, 12);
  });

  test('the gradient norm is that of the gradient of the risk, by differences', () => {
    const risk = (a: Float64Array, b: Float64Array) => {
      const e = a.map((value, i) => value * b[i]! - instance.teacher[i]!);
      return correlatedStatistics(instance.eigenvalue, e, kappa, correlation).weightedError / 2;
    };
    const h = 1e-5;
    let norm = 0;
    for (let i = 0; i < dimension; i++) {
      const moved = (values: Float64Array, by: number) => values.map((x, j) => (i === j ? x + by : x));
      norm += ((risk(moved(u, h), v) - risk(moved(u, -h), v)) / (2 * h)) ** 2;
      norm += ((risk(u, moved(v, h)) - risk(u, moved(v, -h))) / (2 * h)) ** 2;
    }
    expect((dimension * norm) / statistics.gradientNorm).toBeCloseTo(1, 7);
  });

  test.each(['gaussian', 'laplace'] as const)('%s samples have that covariance', (features) => {
    const draw = samplesOf({ ...config, features }, instance, 0);
    const x = new Float64Array(24);
    const count = 40000;
    const expected = covariance(instance, correlation);
    const sums = expected.map((row) => row.map(() => [0, 0]));
    const offsets = [0, 1, 2, 5, 13];
    for (let step = 0; step < count; step++) {
      draw(x, step, step % 3);
      for (let i = 0; i < dimension; i++) {
        for (const offset of offsets) {
          const value = x[i]! * (x[i + offset] ?? 0);
          const sum = sums[i]![i + offset];
          if (!sum) continue;
          sum[0]! += value / count;
          sum[1]! += value ** 2 / count;
        }
      }
    }
    for (let i = 0; i < dimension; i++) {
      for (const offset of offsets.filter((each) => i + each < dimension)) {
        const [mean, square] = sums[i]![i + offset] as [number, number];
        const standardError = Math.sqrt((square - mean ** 2) / count);
        expect(Math.abs(mean - expected[i]![i + offset]!)).toBeLessThan(4.5 * standardError);
      }
    }
  });

  test('the risk is half the mean squared residual of fresh samples', () => {
    const draw = samplesOf(config, instance, 1);
    const x = new Float64Array(24);
    const count = 40000;
    let [mean, square] = [0, 0];
    for (let step = 0; step < count; step++) {
      draw(x, step, 0);
      let r = -config.labelNoise * normalAt(config.seed, streams.labelNoise, step, 1, 0);
      for (let i = 0; i < dimension; i++) r += (x[i]! * error[i]!) / Math.sqrt(dimension);
      mean += r ** 2 / 2 / count;
      square += r ** 4 / 4 / count;
    }
    const record = Object.fromEntries(dln.statistics.map((name) => [name, 0]));
    const risk = dln.observables.risk.of({ ...record, ...statistics } as never, config);
    expect(Math.abs(mean - risk)).toBeLessThan(4.5 * Math.sqrt((square - mean ** 2) / count));
  });

  test('SGD records the full risk', () => {
    const oracle = dln.processes['sgd']!.oracle(config, instance, 0);
    const start = instance.teacher.map((value) => -value);
    const form = product(covariance(instance, correlation), start);
    const expected = form.reduce((sum, value, i) => sum + value * start[i]!, 0) / dimension;
    expect(oracle.statistics().weightedError / expected).toBeCloseTo(1, 12);
  });
});

test('Gaussian features without correlation give the curves of old links, digit for digit', () => {
  const config = { ...defaultsOf(parameters), dimension: 22, batchSize: 2, labelNoise: 0.3 };
  const instance = {
    eigenvalue: Float64Array.from({ length: 22 }, (_, i) => (i + 1) / 16),
    teacher: Float64Array.from({ length: 22 }, (_, i) => (i % 3) - 1),
  };
  const oracle = dln.processes['sgd']!.oracle(config, instance, 3);
  oracle.advance({ step: 0, steps: 100, t: 0, dt: 1 / 22 });
  expect(oracle.statistics()).toEqual({
    weightedError: 0.053392126422972926,
    squaredError: 0.16037797095499198,
    curvature: 1.1222275222548286,
    gradientNorm: 0.04139072564323669,
    l1: 0.47724236219303484,
    l2: 0.3513897480313148,
    imbalance: 0.9121138013980413,
    offSupport: 0.006699107053936411,
  });
});
