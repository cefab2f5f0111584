import { describe, expect, test } from 'vitest';
import { batchRecursion } from '../../../src/models/multipass/batchRecursion.ts';
import { sampleSpectrum, type LeastSquares } from '../../../src/models/multipass/leastSquares.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';
import { problemOf, reference } from './reference.ts';

const problem: LeastSquares = {
  sampleRatio: 0.5,
  stepSize: 1.2,
  decay: 0.07,
  initNorm: 0.6,
  initOverlap: -0.3,
  teacherNorm: 1.4,
  labelNoise: 0.4,
};

describe.each(Object.entries(reference().linear))('%s', (name, entry) => {
  const solution = solveVolterra(problemOf(entry.params));

  test('every reference value within 1e-10', () => {
    const { sgd_and_sme: sgd, gf } = entry;
    entry.times.forEach((t, i) => {
      const { trainLoss, testRisk, squaredNorm, overlap } = solution.at(t);
      const flow = solution.flow(t);
      const own = [
        trainLoss,
        testRisk,
        squaredNorm,
        overlap,
        flow.trainLoss,
        flow.testRisk,
        solution.response(t),
      ];
      const theirs = [
        sgd.train[i],
        sgd.test[i],
        sgd.q[i],
        sgd.m[i],
        gf.train[i],
        gf.test[i],
        entry.R_theta_t_0[i],
      ];
      own.forEach((value, k) => expect(Math.abs(value - theirs[k])).toBeLessThan(1e-10));
    });
    expect(solution.kernelNorm).toBeCloseTo(entry.kernel_norm, 9);
  });

  test('batches in discrete time', () => {
    const { h, times, train, test: risk } = reference().linear_batch[name];
    const steps = batchRecursion(problemOf(entry.params), h, Math.round(times[times.length - 1] / h));
    times.forEach((t, i) => {
      const moments = steps[Math.round(t / h)];
      expect(Math.abs(moments.trainLoss - train[i])).toBeLessThan(1e-10);
      expect(Math.abs(moments.testRisk - risk[i])).toBeLessThan(1e-10);
    });
  });
});

/** The same equation as an ODE for the variance in every eigendirection, by the classical Runge–Kutta method. */
function byOde(end: number, steps: number): { trainLoss: number; testRisk: number } {
  const { eigenvalue, weight } = sampleSpectrum(problem.sampleRatio, 80);
  const solution = solveVolterra(problem, 80);
  const speed = problem.stepSize / problem.sampleRatio;
  const loss = (t: number, v: Float64Array) =>
    solution.flow(t).trainLoss +
    v.reduce((sum, x, i) => sum + weight[i] * eigenvalue[i] * x, 0) / (2 * problem.sampleRatio);
  const slope = (t: number, v: Float64Array) => {
    const l = loss(t, v);
    return v.map(
      (x, i) =>
        -2 * (problem.decay + speed * eigenvalue[i]) * x + speed * problem.stepSize * eigenvalue[i] * 2 * l,
    );
  };
  let v = new Float64Array(weight.length);
  const h = end / steps;
  for (let n = 0; n < steps; n++) {
    const t = n * h;
    const a = slope(t, v);
    const b = slope(
      t + h / 2,
      v.map((x, i) => x + (h / 2) * a[i]),
    );
    const c = slope(
      t + h / 2,
      v.map((x, i) => x + (h / 2) * b[i]),
    );
    const d = slope(
      t + h,
      v.map((x, i) => x + h * c[i]),
    );
    v = v.map((x, i) => x + (h / 6) * (a[i] + 2 * b[i] + 2 * c[i] + d[i]));
  }
  const spread = v.reduce((sum, x, i) => sum + weight[i] * x, 0);
  return { trainLoss: loss(end, v), testRisk: solution.flow(end).testRisk + spread / 2 };
}

test('an ODE on the nodes of the spectrum has the same solution, fewer samples than dimensions', () => {
  const [own, ode] = [solveVolterra(problem).at(3), byOde(3, 3000)];
  expect(own.trainLoss / ode.trainLoss).toBeCloseTo(1, 9);
  expect(own.testRisk / ode.testRisk).toBeCloseTo(1, 9);
});

test('it starts at the initial moments', () => {
  const { trainLoss, testRisk, squaredNorm, overlap } = solveVolterra(problem).at(0);
  expect(squaredNorm).toBeCloseTo(0.6, 12);
  expect(overlap).toBeCloseTo(-0.3, 12);
  expect(testRisk).toBeCloseTo((0.6 + 0.6 + 1.4 + 0.16) / 2, 12);
  expect(trainLoss).toBeCloseTo(testRisk, 12);
});

describe.each([0.3, 1, 4])('without ridge at δ = %s', (sampleRatio) => {
  const at = (stepSize: number) =>
    solveVolterra({ ...problem, sampleRatio, decay: 0, stepSize, initOverlap: 0 });

  test('∫K = η/2: the final loss is that of the flow over 1 − η/2, the edge is at 2', () => {
    const solution = at(1.5);
    expect(solution.kernelNorm).toBeCloseTo(0.75, 10);
    // Without noise of labels or without a gap in the spectrum both losses vanish, or do so slowly.
    const excess = (t: number) => solution.at(t).trainLoss * (1 - 0.75) - solution.flow(t).trainLoss;
    expect(Math.abs(excess(1e6))).toBeLessThan(2e-3 * excess(1));
    expect(solution.slowestRate).toBeGreaterThan(0);
    expect(Math.abs(at(2).slowestRate)).toBeLessThan(1e-7);
    expect(at(2.1).slowestRate).toBeLessThan(0);
  });

  test('small steps are gradient flow, the gap is of order η', () => {
    const gap = (stepSize: number) => {
      const solution = at(stepSize);
      const t = 0.7 / stepSize;
      return solution.at(t).testRisk / solution.flow(t).testRisk - 1;
    };
    expect(gap(1e-3)).toBeGreaterThan(0);
    expect(gap(1e-3)).toBeLessThan(1e-2);
    expect(gap(2e-3) / gap(1e-3)).toBeCloseTo(2, 1);
  });
});

test('many samples: the one-pass equation m = 1 − e^{−ηt}, 2R′ = (η² − 2η)2R + η²σ², gap of order 1/δ', () => {
  const gap = (sampleRatio: number) => {
    const { overlap, testRisk } = solveVolterra({
      ...problem,
      sampleRatio,
      decay: 0,
      initNorm: 0,
      initOverlap: 0,
      teacherNorm: 1,
    }).at(0.8);
    const [eta, noise] = [1.2, 0.16];
    const excess =
      (1 - (eta * noise) / (2 - eta)) * Math.exp((eta * eta - 2 * eta) * 0.8) + (eta * noise) / (2 - eta);
    return Math.hypot(overlap - (1 - Math.exp(-eta * 0.8)), testRisk - (excess + noise) / 2);
  };
  expect(gap(1e4)).toBeLessThan(1e-3);
  expect(gap(1e3) / gap(1e4)).toBeCloseTo(10, 0);
});

describe('two times', () => {
  const solution = solveVolterra(problem);
  const times = Float64Array.of(0, 0.3, 1, 2.5);
  const n = times.length;

  test('the diagonal is q', () => {
    const covariance = solution.covariances(times);
    const flow = solution.flowCovariances(times);
    times.forEach((t, i) => {
      expect(covariance[i * n + i]).toBeCloseTo(solution.at(t).squaredNorm, 9);
      expect(flow[i * n + i]).toBeCloseTo(solution.flow(t).squaredNorm, 12);
    });
  });

  test('with the start: noise has not come yet, C(t, 0) = R(t)q₀ + (m(t) − R(t)m₀)m₀/q*', () => {
    const covariance = solution.covariances(times);
    times.forEach((t, i) => {
      const response = solution.response(t);
      const learned = solution.at(t).overlap - response * problem.initOverlap;
      const expected = response * problem.initNorm + (learned * problem.initOverlap) / problem.teacherNorm;
      expect(covariance[i * n]).toBeCloseTo(expected, 10);
    });
  });

  test('finer times in between change nothing', () => {
    const covariance = solution.covariances(times);
    const finer = solution.covariances(Float64Array.of(0, 0.3, 0.7, 1, 1.1, 2.5));
    expect(finer[5 * 6 + 3]).toBeCloseTo(covariance[3 * n + 2], 9);
  });
});
