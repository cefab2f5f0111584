/**
 * The limit needs only mean and covariance of the features: SGD with every law follows it, the mean over runs
 * within 4 standard errors + C/d. A sample's x_i x_j has 2 + κ₄ times λ_i² in its excess variance at i = j, κ₄ the
 * excess kurtosis, so that C = 1 of Gaussian features becomes (2 + κ₄)/2, and 1 for light tails.
 */
import { beforeAll, expect, test } from 'vitest';
import type { DlnConfig } from '../../../src/models/dln/parameters.ts';
import {
  deviations,
  disagreements,
  limitStatistics,
  referenceConfig,
  simulate,
  type Statistics,
} from './agreement.ts';

const times = [0.5, 1];
const runs = 400;
const config: DlnConfig = { ...referenceConfig('V3').config, dimension: 128 };
let limit: Statistics[];
beforeAll(async () => {
  limit = await limitStatistics(config, times);
});

const laws: [DlnConfig['features'], kurtosis: number][] = [
  ['rademacher', -2],
  ['uniform', -1.2],
  ['laplace', 3],
  ['studentT', 3],
];

function deviationsOf(changes: Partial<DlnConfig>) {
  const changed = { ...config, ...changes };
  return deviations(simulate('sgd', changed, times, runs), limit, changed, times);
}

test.each(laws)('%s features follow the limit', (features, kurtosis) => {
  const found = deviationsOf({ features });
  const risk = found.filter(({ observable }) => observable === 'risk');
  expect(Math.max(...risk.map(({ standardError }) => 4 * standardError))).toBeLessThan(0.01);
  expect(disagreements(found, Math.max(1, (2 + kurtosis) / 2) / config.dimension)).toEqual([]);
});

test.each([-0.5, 0.5])('features with correlation %d do not', (correlation) => {
  const found = disagreements(deviationsOf({ correlation }), 0.1);
  expect(found.map(({ observable, t }) => `${observable} ${t}`)).toContain('risk 1');
});
