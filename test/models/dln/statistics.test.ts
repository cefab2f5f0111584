import { expect, it } from 'vitest';
import { accumulate, statisticCount, statisticNames, toRecord } from '../../../src/models/dln/statistics.ts';

it('sums the defining expressions in u and v, weighted', () => {
  const sums = new Float64Array(statisticCount);
  const coordinates = [
    { u: 1.2, v: -0.3, eigenvalue: 0.5, teacher: 2 },
    { u: -0.4, v: 0.9, eigenvalue: 3, teacher: 0 },
  ];
  for (const { u, v, eigenvalue, teacher } of coordinates) {
    accumulate(
      sums,
      0.5,
      eigenvalue,
      teacher,
      u * v - teacher,
      u * v,
      u * u + v * v,
      Math.abs(u * u - v * v),
    );
  }
  const [e, f] = [-0.36 - 2, -0.36];
  const expected = {
    weightedError: (0.5 * e * e + 3 * f * f) / 2,
    squaredError: (e * e + f * f) / 2,
    curvature: (0.5 * 1.53 + 3 * 0.97) / 2,
    gradientNorm: (0.25 * e * e * 1.53 + 9 * f * f * 0.97) / 2,
    l1: 0.36,
    l2: 0.36 ** 2,
    imbalance: (1.35 + 0.65) / 2,
    offSupport: (f * f) / 2,
  };
  const record = toRecord(sums);
  for (const name of statisticNames) expect(record[name]).toBeCloseTo(expected[name], 14);
});
