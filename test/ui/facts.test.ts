import { expect, test } from 'vitest';
import { deviationValue, factsOf } from '../../src/ui/facts.ts';
import { model, recorded, times, type Law } from './charts/fixture.ts';

test('a deviation is a percentage with its error, a large one a factor', () => {
  const value = (relative: number, standardError: number) =>
    deviationValue({ t: 3, relative, standardError });
  expect(value(0.123, 0.021)).toBe('+12 ± 2 % at t = 3.00');
  expect(value(-0.05, NaN)).toBe('−5.0 % at t = 3.00');
  expect(value(0.061, 0.12)).toBe('+6.1 ± 10 % at t = 3.00');
  expect(value(0.061, 0.0004)).toBe('+6.1 ± 0.04 % at t = 3.00');
  expect(value(0.061, 0)).toBe('+6.1 % at t = 3.00');
  expect(value(30, 1)).toBe('× 31 at t = 3.00');
});

/** Off from the limit e^(−t) by a share that grows up to the horizon 2. */
const curve =
  (share: number): Law =>
  (t) => ({ risk: (1 + (share * t) / 2) * Math.exp(-t), curvature: 1, norm: 1, spare: 1 });

/** Every process off by its share, the limit known at as many times. */
function told(known: number): string[] {
  const curves = {
    limit: { law: curve(0), recorded: known },
    sgd: { law: curve(0.25) },
    sde: { law: curve(-0.25) },
  };
  const all = recorded(curves, times(2, 20), { runs: 1 });
  const sources = all.sources.map((source) =>
    source.kind === 'limit' ? { ...source, error: 2e-7 } : source,
  );
  const facts = () => [{ label: 'phase', value: 'converges', doc: 'Falls.' }];
  return factsOf({ ...all, model: { ...model, facts }, sources }).map(
    ({ label, value }) => `${label} ${value}`,
  );
}

test('what a process cannot resolve is no deviation', () => {
  const decay =
    (floor: number): Law =>
    (t) => ({ risk: Math.max(10 ** (-10 * t), floor), curvature: 1, norm: 1, spare: 1 });
  const grid = times(2, 20);
  const all = recorded(
    { limit: { law: decay(0) }, sgd: { law: decay(1e-26) }, sde: { law: decay(1e-14) } },
    grid,
    { runs: 1 },
  );
  expect(factsOf(all).map(({ value }) => value)).toEqual(['–', '–']);
});

test('theory speaks once the limit is solved; deviations are measured as it comes', () => {
  expect(told(21)).toEqual([
    'phase converges',
    'SGD off by +25 % at t = 2.00',
    'SDE off by −25 % at t = 2.00',
    'limit error 2.0·10⁻⁷',
  ]);
  expect(told(20)[0]).toMatch(/^SGD off by \+\d\d % at t = 1\./);
  expect(told(0)).toEqual(['SGD off by –', 'SDE off by –', 'limit error 2.0·10⁻⁷']);
});

test('every process is compared with the limit that predicts it; of several limits the worst known is told', () => {
  const { limit } = model.limits;
  const limits = { limit: limit!, flow: { ...limit!, label: 'SDE limit', predicts: 'sde' } };
  const curves = {
    limit: { law: curve(0) },
    flow: { law: curve(1) },
    sgd: { law: curve(0.25) },
    sde: { law: curve(1) },
  };
  const all = recorded(curves, times(2, 20), { runs: 1 });
  const errors: Readonly<Record<string, number>> = { limit: 1e-7, flow: 1e-6 };
  const sources = all.sources.map((source) => ({
    ...source,
    label: source.name === 'flow' ? 'SDE limit' : source.label,
    error: errors[source.name] ?? NaN,
  }));
  expect(
    factsOf({ ...all, model: { ...model, limits }, sources }).map(({ label, value }) => `${label} ${value}`),
  ).toEqual(['SGD off by +25 % at t = 2.00', 'SDE off by –', 'SDE limit error 1.0·10⁻⁶']);
});
