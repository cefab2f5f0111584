import { expect, test } from 'vitest';
import { onePassError, solveOnePass } from '../../../src/models/multipass/onePass.ts';
import { solveVolterra } from '../../../src/models/multipass/volterra.ts';
import { lossNames, problemOf, reference } from './reference.ts';

test.each(Object.entries(reference().online))(
  '%s: every reference value',
  (_, { params, times, q, m, test: risk }) => {
    const problem = { ...problemOf(params), loss: lossNames[params.loss] };
    solveOnePass(problem, Float64Array.from(times)).forEach((moments, i) => {
      expect(Math.abs(moments.squaredNorm - q[i])).toBeLessThan(1e-7);
      expect(Math.abs(moments.overlap - m[i])).toBeLessThan(1e-7);
      expect(Math.abs(moments.testRisk - risk[i])).toBeLessThan(1e-7);
    });
  },
);

test('least squares on very many samples tend to it', () => {
  const problem = {
    ...problemOf(reference().linear.L1_ls_d2.params),
    loss: 'leastSquares' as const,
    sampleRatio: 1e7,
  };
  const [own] = solveOnePass(problem, Float64Array.of(1.5));
  const limit = solveVolterra(problem).at(1.5);
  expect(own.squaredNorm).toBeCloseTo(limit.squaredNorm, 6);
  expect(own.testRisk).toBeCloseTo(limit.trainLoss, 6);
});

test.each(['logisticSign', 'tanh', 'phase'] as const)('%s: states its error, and keeps to it', (loss) => {
  const problem = {
    ...problemOf(reference().online.N1_tanh_d1.params),
    loss,
    initOverlap: 0.1,
    stepSize: 1,
  };
  const times = Float64Array.of(0, 0.3, 1.1, 4);
  const own = solveOnePass(problem, times);
  const error = onePassError(problem, times, own);
  expect(error).toBeLessThan(1e-6);
  solveOnePass(problem, times, 1e-12).forEach(({ testRisk }, i) => {
    expect(Math.abs(own[i].testRisk / testRisk - 1)).toBeLessThan(error);
  });
  // Values between steps are those at steps.
  const [alone] = solveOnePass(problem, Float64Array.of(1.1));
  expect(Math.abs(own[2].testRisk / alone.testRisk - 1)).toBeLessThan(error);
});

test('ends in NaN where the solution leaves the numbers', () => {
  const problem = {
    ...problemOf(reference().linear.L1_ls_d2.params),
    loss: 'leastSquares' as const,
    stepSize: 12,
  };
  const [early, late] = solveOnePass(problem, Float64Array.of(1, 100));
  expect(early.squaredNorm).toBeGreaterThan(1e20);
  expect(late.squaredNorm).toBeNaN();
});
