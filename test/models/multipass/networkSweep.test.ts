import { describe, expect, test } from 'vitest';
import { plainRows } from '../../../src/math/rows.ts';
import { eigenOf } from '../../../src/math/symmetric.ts';
import { batchRecursion } from '../../../src/models/multipass/batchRecursion.ts';
import { flowSweep } from '../../../src/models/multipass/flowSweep.ts';
import type { LeastSquares } from '../../../src/models/multipass/leastSquares.ts';
import type { NetworkProblem } from '../../../src/models/multipass/networkProblem.ts';
import { networkFlow } from '../../../src/models/multipass/networkFlow.ts';
import { networkSweep } from '../../../src/models/multipass/networkSweep.ts';
import { freshNoise, type Driver } from '../../../src/models/multipass/pathNoise.ts';
import { PathStart } from '../../../src/models/multipass/pathStart.ts';
import { freshSplits } from '../../../src/models/multipass/splitPaths.ts';
import { sweep } from '../../../src/models/multipass/sweep.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';
import { finish, form, networkProblem } from './networks.ts';

function run(problem: NetworkProblem, driver: Driver, h: number, steps: number, batch: number, paths = 1024) {
  const { students, teachers } = problem.network;
  const start = new PathStart(paths, 3, batch, students, teachers);
  const noise = freshNoise(driver, h / problem.sampleRatio, start);
  return finish(networkSweep(problem, driver, h, steps, noise, plainRows));
}

function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(square / (n - 1) / n) };
}

describe.each(['sgd', 'sme'] as const)('%s', (driver) => {
  test.each([
    ['logisticSign', 'logisticSign', 'identity', 1],
    ['tanh', 'leastSquares', 'tanh', 1],
    ['leastSquares', 'leastSquares', 'identity', 2.6],
  ] as const)('one unit is a neuron with the loss %s: %s of %s', (loss, outer, activation, stepSize) => {
    const problem = networkProblem({
      loss: outer,
      activation,
      secondLayer: [1],
      moments: [0.8, 0.2, 1.5],
      stepSize,
    });
    const [h, steps] = [0.1, 8];
    const scalar = { ...problem, loss, initNorm: 0.8, initOverlap: 0.2, teacherNorm: 1.5 };
    const at = steps * (steps + 1) + steps;
    const differences = Array.from({ length: 5 }, (_, batch) => {
      const { trainLoss, kernels } = run(problem, driver, h, steps, batch);
      const noise = freshSplits(driver, h, new PathStart(1024, 3, batch));
      const alone = finish(sweep(scalar, driver, h, steps, noise, plainRows));
      const { covariance, overlap, response } = alone.kernels;
      return [
        trainLoss[steps] / alone.trainLoss[steps] - 1,
        kernels.covariance[at] / covariance[at] - 1,
        kernels.overlap[steps] - overlap[steps],
        kernels.response[at - steps] - response[at - steps],
      ];
    });
    for (const i of [0, 1, 2, 3]) {
      // The same randomness: they differ by less than batches do.
      const { mean, error } = meanAndError(differences.map((values) => values[i]));
      expect(Math.abs(mean)).toBeLessThan(4.5 * error + 0.01);
      expect(error).toBeLessThan(0.06);
    }
  });

  test('linear units are one linear unit: the sum of the weights learns with step size η|a|²', () => {
    const a = [0.8, -0.5];
    const problem = networkProblem({
      activation: 'identity',
      secondLayer: a,
      moments: [1, 0.2, 0.3, 0, 0.7, 0, -0.1, 1, 0.3, 0.5],
    });
    const summed: LeastSquares = {
      ...problem,
      stepSize: problem.stepSize * (a[0] ** 2 + a[1] ** 2),
      initNorm: a[0] ** 2 + 2 * a[0] * a[1] * 0.2 + a[1] ** 2 * 0.7,
      initOverlap: a[0] * 0.3 - a[1] * 0.1,
      teacherNorm: 1 + 2 * 0.3 + 0.5,
    };
    const [h, steps] = [1 / 16, 24];
    const exact = batchRecursion(summed, h, steps)[steps];
    const measured = Array.from({ length: 5 }, (_, batch) => {
      const { trainLoss, kernels } = run(problem, driver, h, steps, batch);
      // Weights across a are not learned, they decay.
      const across = form(kernels, kernels.response, steps, 0, [a[1], -a[0]], [a[1], -a[0]]);
      const kept = (1 - problem.decay * h) ** (steps - 1);
      expect(across / (a[0] ** 2 + a[1] ** 2)).toBeCloseTo(kept, 6);
      return [trainLoss[steps], form(kernels, kernels.covariance, steps, steps, a, a)];
    });
    [exact.trainLoss, exact.squaredNorm].forEach((value, i) => {
      const { mean, error } = meanAndError(measured.map((values) => values[i]));
      expect(error).toBeLessThan(0.05 * value);
      expect(Math.abs(mean - value)).toBeLessThan(4.5 * error + 0.01 * value);
    });
  });

  test('two units that are the same, each half of the output, are one unit with half the step size', () => {
    const shape = { activation: 'tanh', decay: 0.05 } as const;
    const twice = networkProblem({
      ...shape,
      stepSize: 2,
      secondLayer: [0.5, 0.5],
      moments: [1, 1, 0.3, 1, 0.3, 1],
    });
    const once = networkProblem({ ...shape, stepSize: 1, secondLayer: [1], moments: [1, 0.3, 1] });
    const [h, steps] = [0.1, 12];
    const read = (problem: NetworkProblem) =>
      Array.from({ length: 5 }, (_, batch) => {
        const { trainLoss, kernels } = run(problem, driver, h, steps, batch);
        const { units, width, covariance } = kernels;
        const last = steps * units;
        const own = covariance[last * width + last];
        // All entries of a block are the same.
        expect(covariance[last * width + last + units - 1]).toBeCloseTo(own, 8);
        return [trainLoss[steps], own];
      });
    const [two, one] = [read(twice), read(once)];
    for (const i of [0, 1]) {
      const [a, b] = [two, one].map((rows) => meanAndError(rows.map((values) => values[i])));
      expect(Math.abs(a.mean - b.mean)).toBeLessThan(4.5 * Math.hypot(a.error, b.error) + 0.01 * b.mean);
      expect(a.error).toBeLessThan(0.05 * a.mean);
    }
  });

  test('a unit that is no part of the output only decays', () => {
    const problem = networkProblem({
      activation: 'tanh',
      secondLayer: [1, 0],
      moments: [1, 0.2, 0.3, 0.8, 0.1, 1],
    });
    const [h, steps] = [0.1, 10];
    const { kernels } = run(problem, driver, h, steps, 0);
    const kept = (1 - problem.decay * h) ** steps;
    expect(form(kernels, kernels.covariance, steps, steps, [0, 1], [0, 1])).toBeCloseTo(0.8 * kept ** 2, 10);
    expect(form(kernels, kernels.response, steps, 0, [0, 1], [0, 1])).toBeCloseTo(
      kept / (1 - problem.decay * h),
      10,
    );
    expect(kernels.overlap[2 * steps + 1]).toBeCloseTo(0.1 * kept, 10);
  });

  test('what is known of three units at all times is a covariance', () => {
    const problem = networkProblem({
      activation: 'erf',
      secondLayer: [0.7, 0.5, -0.6],
      moments: [0.8, 0.1, 0, 0.2, 0.6, 0, 0, 0.9, -0.1, 1],
      stepSize: 1.5,
      sampleRatio: 2,
    });
    const steps = 12;
    const { trainLoss, kernels } = run(problem, driver, 0.2, steps, 0);
    const { units, width, covariance } = kernels;
    const whole = covariance.map((value, at) => {
      const [row, column] = [Math.floor(at / width), at % width];
      return Math.floor(row / units) < Math.floor(column / units) ? covariance[column * width + row] : value;
    });
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < i; j++) expect(whole[i * width + j]).toBeCloseTo(whole[j * width + i], 12);
    }
    expect(Math.min(...eigenOf(whole, width).values)).toBeGreaterThan(-1e-9);
    expect(trainLoss[steps]).toBeLessThan(0.7 * trainLoss[0]);
  });

  test('units in another order are the same units', () => {
    const shape = { activation: 'tanh', stepSize: 1 } as const;
    const [first, second] = [
      networkProblem({ ...shape, secondLayer: [1, -0.5], moments: [1, 0.1, 0.4, 0.5, 0.2, 1] }),
      networkProblem({ ...shape, secondLayer: [-0.5, 1], moments: [0.5, 0.1, 0.2, 1, 0.4, 1] }),
    ];
    const [h, steps] = [0.1, 10];
    const read = (problem: NetworkProblem, a: number, b: number) =>
      meanAndError(
        Array.from({ length: 5 }, (_, batch) => {
          const { kernels } = run(problem, driver, h, steps, batch);
          return kernels.covariance[(2 * steps + a) * kernels.width + 2 * steps + b];
        }),
      );
    for (const [a, b] of [
      [0, 0],
      [0, 1],
    ]) {
      const [one, other] = [read(first, a, b), read(second, 1 - a, 1 - b)];
      expect(Math.abs(one.mean - other.mean)).toBeLessThan(4.5 * Math.hypot(one.error, other.error));
      expect(one.error).toBeLessThan(0.01);
    }
  });
});

describe('gradient flow', () => {
  const flow = (problem: NetworkProblem, steps: number, end: number, batch: number, paths = 1024) => {
    const { students, teachers } = problem.network;
    const start = new PathStart(paths, 3, batch, students, teachers);
    return finish(networkFlow(problem, end / steps, steps, start, plainRows));
  };

  test('linear units are one linear unit, to second order in the step', () => {
    const a = [0.8, -0.5];
    const problem = networkProblem({
      activation: 'identity',
      secondLayer: a,
      moments: [1, 0.2, 0.3, 0, 0.7, 0, -0.1, 1, 0.3, 0.5],
    });
    const summed: LeastSquares = {
      ...problem,
      stepSize: problem.stepSize * (a[0] ** 2 + a[1] ** 2),
      initNorm: a[0] ** 2 + 2 * a[0] * a[1] * 0.2 + a[1] ** 2 * 0.7,
      initOverlap: a[0] * 0.3 - a[1] * 0.1,
      teacherNorm: 1 + 2 * 0.3 + 0.5,
    };
    const exact = solveVolterra(summed).flow(4);
    const gap = (steps: number) => {
      const { kernels } = flow(problem, steps, 4, 0);
      return Math.abs(form(kernels, kernels.covariance, steps, steps, a, a) / exact.squaredNorm - 1);
    };
    expect(gap(20)).toBeLessThan(2e-3);
    expect(Math.log2(gap(10) / gap(20))).toBeGreaterThan(1.7);
    const { trainLoss } = flow(problem, 40, 4, 0);
    expect(Math.abs(trainLoss[40] / exact.trainLoss - 1)).toBeLessThan(3e-3);
  });

  test('without the response it is what it is with derivatives along paths', () => {
    const problem = networkProblem({
      loss: 'logisticSign',
      activation: 'identity',
      secondLayer: [1],
      moments: [1, 0.1, 1],
      stepSize: 5,
    });
    const [steps, end] = [30, 3];
    const scalar = { ...problem, initNorm: 1, initOverlap: 0.1, teacherNorm: 1 };
    const differences = Array.from({ length: 4 }, (_, batch) => {
      const { trainLoss, kernels } = flow(problem, steps, end, batch, 2048);
      const start = new PathStart(2048, 3, batch);
      const other = finish(flowSweep(scalar, end / steps, steps, start, plainRows));
      return [
        trainLoss[steps] / other.trainLoss[steps] - 1,
        kernels.covariance.at(-1)! / other.kernels.covariance.at(-1)! - 1,
        kernels.overlap[steps] / other.kernels.overlap[steps] - 1,
      ];
    });
    for (const i of [0, 1, 2]) {
      const { mean, error } = meanAndError(differences.map((values) => values[i]));
      expect(Math.abs(mean)).toBeLessThan(4.5 * error + 0.01);
      expect(error).toBeLessThan(0.01);
    }
  });

  test('small steps of SGD, and of its modified equation, are gradient flow at the same ηt', () => {
    const shape = {
      activation: 'tanh',
      secondLayer: [1, 0.5],
      moments: [1, 0, 0.4, 0, 0.8, 0, 0.2, 1, 0, 1],
    } as const;
    const at = (driver: Driver | 'gf', stepSize: number): number => {
      const problem = networkProblem({ ...shape, stepSize, decay: 0.03 * stepSize });
      const values = [0, 1].map((batch) => {
        const steps = 10;
        const { kernels } =
          driver === 'gf'
            ? flow(problem, steps, 0.8 / stepSize, batch)
            : run(problem, driver, 0.8 / stepSize / steps, steps, batch);
        return form(kernels, kernels.covariance, steps, steps, [1, 0], [1, 0]);
      });
      return (values[0] + values[1]) / 2;
    };
    for (const driver of ['sgd', 'sme'] as const) {
      const excess = at(driver, 1) - at('gf', 1);
      expect(excess).toBeGreaterThan(0.02);
      expect(at(driver, 0.1) - at('gf', 0.1)).toBeLessThan(0.35 * excess);
    }
  });
});
