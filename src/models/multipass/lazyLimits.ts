/** The limits of this model in words; what solves them is loaded by the worker that does. */
import { lazyLimit } from '../lazyLimit.ts';
import type { Limit } from '../model.ts';
import type { StatisticName } from './statistics.ts';

const of = (
  name: 'sgd' | 'sme' | 'gf' | 'onePass',
  about: Omit<Limit<StatisticName>, 'solve'>,
): Limit<StatisticName> => lazyLimit(about, async () => (await import('./limits.ts')).limits[name]);

export const lazyLimits = {
  'limit.sgd': of('sgd', {
    label: 'limit of SGD',
    doc: 'The law of one sample and one weight as n, d → ∞: mean-field equations with Poisson visits.',
    predicts: 'sgd',
  }),
  'limit.sme': of('sme', {
    label: 'limit of SME',
    doc: 'The same mean-field equations with Brownian noise of the covariance of the visits.',
    predicts: 'sme',
  }),
  'limit.gf': of('gf', {
    label: 'limit of GF',
    doc: 'The same mean-field equations without noise of the visits.',
    predicts: 'gf',
  }),
  onePass: of('onePass', {
    label: 'one-pass limit',
    doc: 'Every sample fresh, as for infinitely many samples per dimension: train loss and test risk are one curve.',
    predicts: 'sgd',
    optional: true,
  }),
};
