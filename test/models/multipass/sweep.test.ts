import { describe, expect, test } from 'vitest';
import { plainRows } from '../../../src/math/rows.ts';
import { batchRecursion } from '../../../src/models/multipass/batchRecursion.ts';
import { flowSweep } from '../../../src/models/multipass/flowSweep.ts';
import type { Kernels } from '../../../src/models/multipass/kernels.ts';
import { sampleSpectrum } from '../../../src/models/multipass/leastSquares.ts';
import { solveOnePass, type Problem } from '../../../src/models/multipass/onePass.ts';
import type { Driver } from '../../../src/models/multipass/pathNoise.ts';
import { PathStart } from '../../../src/models/multipass/pathStart.ts';
import { freshSplits } from '../../../src/models/multipass/splitPaths.ts';
import { sweep } from '../../../src/models/multipass/sweep.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';
import { lossNames, problemOf, reference } from './reference.ts';

const [PATHS, BATCHES] = [1024, 8];

interface Swept {
  readonly trainLoss: Float64Array;
  readonly kernels: Kernels;
}

function finish<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

function run(problem: Problem, driver: Driver | 'gf', h: number, steps: number, batch: number): Swept {
  const start = new PathStart(PATHS, 3, batch);
  if (driver === 'gf') return finish(flowSweep(problem, h, steps, start, plainRows));
  return finish(
    sweep(problem, driver, h, steps, freshSplits(driver, h / problem.sampleRatio, start), plainRows),
  );
}

type Reading = (swept: Swept, k: number) => number;

interface Measured {
  readonly mean: number;
  readonly error: number;
}

/** Means and standard errors over batches of what is read from sweeps at their end. */
function measure(
  problem: Problem,
  driver: Driver | 'gf',
  h: number,
  steps: number,
  readings: readonly Reading[],
): Measured[] {
  const batches = Array.from({ length: BATCHES }, (_, b) => {
    const swept = run(problem, driver, h, steps, b);
    return readings.map((read) => read(swept, steps));
  });
  return readings.map((_, i) => {
    const mean = batches.reduce((sum, values) => sum + values[i], 0) / BATCHES;
    const square = batches.reduce((sum, values) => sum + (values[i] - mean) ** 2, 0);
    return { mean, error: Math.sqrt(square / (BATCHES - 1) / BATCHES) };
  });
}

const loss: Reading = ({ trainLoss }: Swept, k: number): number => trainLoss[k];
const norm: Reading = ({ kernels }: Swept, k: number): number => kernels.covariance[k * kernels.size + k];
const overlap: Reading = ({ kernels }: Swept, k: number): number => kernels.overlap[k];
const response: Reading = ({ kernels }: Swept, k: number): number => kernels.response[k * kernels.size];

describe.each(['sgd', 'sme'] as const)('least squares, %s: as batches in discrete time', (driver) => {
  test.each([
    ['more samples than dimensions', 2, 0.5, 30, 0.03],
    ['fewer', 0.4, 0.5, 30, 0.06],
    ['steps that expand, so that responses are found by parts', 3, 2.6, 14, 0.2],
  ])('%s', (_, sampleRatio, stepSize, steps, precision) => {
    const base = problemOf(reference().linear.L1_ls_d2.params);
    const problem: Problem = { ...base, loss: 'leastSquares', sampleRatio, stepSize };
    const h = sampleRatio / 16;
    const exact = batchRecursion(problem, h, steps)[steps];
    const [kick, ...moments] = measure(problem, driver, h, steps, [response, loss, norm, overlap]);
    const values = [exact.trainLoss, exact.squaredNorm, exact.overlap];
    moments.forEach(({ mean, error }, i) => {
      expect(Math.abs(mean - values[i])).toBeLessThan(4.5 * error + 2e-3 * values[i]);
      expect(error).toBeLessThan(precision * values[i]);
    });
    // A kick at the first step has decayed for steps − 1 steps.
    const { eigenvalue, weight } = sampleSpectrum(sampleRatio, 60);
    const decayed = eigenvalue.reduce((sum, mu, i) => {
      const factor = 1 - problem.decay * h - (problem.stepSize * h * mu) / sampleRatio;
      return sum + weight[i] * factor ** (steps - 1);
    }, 0);
    expect(Math.abs(kick.mean - decayed)).toBeLessThan(4.5 * kick.error + 2e-3);
  });
});

test.each([2, 4, 10])('least squares, modified equation, δ = %d: without sampling noise', (sampleRatio) => {
  const base = problemOf(reference().linear.L1_ls_d2.params);
  const problem: Problem = { ...base, loss: 'leastSquares', sampleRatio };
  const [h, steps] = [sampleRatio / 16, 20];
  const exact = batchRecursion(problem, h, steps)[steps];
  const swept = run(problem, 'sme', h, steps, 0);
  expect(loss(swept, steps) / exact.trainLoss).toBeCloseTo(1, 9);
  expect(norm(swept, steps) / exact.squaredNorm).toBeCloseTo(1, 9);
  expect(overlap(swept, steps) / exact.overlap).toBeCloseTo(1, 9);
});

test('least squares, gradient flow: second order, without sampling noise', () => {
  const problem: Problem = { ...problemOf(reference().linear.L1_ls_d2.params), loss: 'leastSquares' };
  const exact = solveVolterra(problem).flow(2);
  const gap = (steps: number) => {
    const swept = run(problem, 'gf', 2 / steps, steps, 0);
    return Math.hypot(
      loss(swept, steps) / exact.trainLoss - 1,
      norm(swept, steps) / exact.squaredNorm - 1,
      overlap(swept, steps) / exact.overlap - 1,
    );
  };
  expect(gap(20)).toBeLessThan(5e-3);
  expect(Math.log2(gap(10) / gap(20))).toBeGreaterThan(1.7);
});

test.each(['sgd', 'sme'] as const)('%s, many samples per dimension: the one-pass equation', (driver) => {
  const { params } = reference().online.N1_tanh_d1;
  const problem: Problem = { ...problemOf(params), loss: lossNames[params.loss], sampleRatio: 400 };
  const [h, steps] = [0.025, 32];
  const [limit] = solveOnePass(problem, Float64Array.of(0.8));
  const [{ mean, error }] = measure(problem, driver, h, steps, [overlap]);
  // Steps of first order leave O(ηh) of the change.
  expect(Math.abs(mean - limit.overlap)).toBeLessThan(4 * error + 0.04 * limit.overlap);
});

test('small steps: SGD and its modified equation are gradient flow at the same ηt', () => {
  const { params } = reference().nonlinear.G1_logistic_d2;
  const at = (driver: Driver | 'gf', stepSize: number): number => {
    const problem: Problem = {
      ...problemOf(params),
      loss: lossNames[params.loss],
      stepSize,
      decay: 0.03 * stepSize,
    };
    return measure(problem, driver, 0.4 / stepSize / 8, 8, [norm])[0].mean;
  };
  const excess = (driver: Driver) => at(driver, 0.8) - at('gf', 0.8);
  const smaller = (driver: Driver) => at(driver, 0.1) - at('gf', 0.1);
  for (const driver of ['sgd', 'sme'] as const) {
    expect(excess(driver)).toBeGreaterThan(0.02);
    expect(smaller(driver)).toBeLessThan(0.3 * excess(driver));
  }
});

test.each(['sgd', 'sme', 'gf'] as const)(
  '%s: covariances are positive, and symmetric in their bounds',
  (driver) => {
    const { params } = reference().nonlinear.S1_logistic_crit;
    const problem: Problem = { ...problemOf(params), loss: lossNames[params.loss] };
    const { trainLoss, kernels } = run(problem, driver, 0.025, 32, 0);
    const { size, covariance } = kernels;
    for (let k = 0; k < size; k++) {
      expect(trainLoss[k]).toBeGreaterThan(0);
      expect(covariance[k * size + k]).toBeGreaterThan(kernels.overlap[k] ** 2 / problem.teacherNorm);
      for (let l = 0; l < k; l++) {
        const bound = covariance[k * size + k] * covariance[l * size + l];
        expect(covariance[k * size + l] ** 2).toBeLessThan(1.02 * bound);
      }
    }
  },
);

test('batches with too few paths for their steps end in NaN, not in a leap', () => {
  const { params } = reference().nonlinear.S1_logistic_crit;
  const problem: Problem = { ...problemOf(params), loss: lossNames[params.loss] };
  const [steps, h] = [128, 0.025];
  const ends = [0, 1, 2, 3, 4, 5].map((batch) => {
    const start = new PathStart(144, 3, batch);
    const noise = freshSplits('sme', h / problem.sampleRatio, start);
    const { trainLoss } = finish(sweep(problem, 'sme', h, steps, noise, plainRows));
    expect(trainLoss[steps / 4]).toBeLessThan(1);
    expect(Math.max(...trainLoss.filter(Number.isFinite))).toBeLessThan(1.5);
    return trainLoss[steps];
  });
  expect(ends.filter(Number.isNaN).length).toBeGreaterThan(3);
});
