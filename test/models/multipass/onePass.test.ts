import { expect, test } from 'vitest';
import { solveOnePass } from '../../../src/models/multipass/onePass.ts';
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
