import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { facts } from '../../../src/models/dln/facts.ts';
import { parameters } from '../../../src/models/dln/parameters.ts';

const config = defaultsOf(parameters);

/** A limit with given risk and stability number at two times. */
const solved = (risk: readonly number[], stability: number) => ({
  t: Float64Array.of(0, 1),
  column: (observable: string) => Float64Array.from(observable === 'risk' ? risk : [1, stability]),
});

const told = (...args: Parameters<typeof facts>) =>
  facts(...args).map((fact) => `${fact.label} ${fact.value}`);

test('the phase is told by what the risk does, stability by the last point', () => {
  expect(told(config, solved([1, 0.5], 0.25), false)).toEqual(['phase converges', 'stable γκ̄/(2B) = 0.250']);
  expect(told(config, solved([1, 2], 1.5), false)).toEqual(['phase rises', 'unstable γκ̄/(2B) = 1.50']);
  expect(told(config, solved([1, NaN], NaN), true)).toEqual(['phase blow-up']);
});

test('where the certificate holds it is told with its rate and marked as proven', () => {
  // theory: 10 % of β* = 1, α = ½, γ = 0.05 is certified at 0.0195.
  const [first] = facts({ ...config, stepSize: 0.05, initScale: 0.5 }, solved([1, 0.5], 0.01), false);
  expect(first).toMatchObject({ label: 'guaranteed', value: 'R ≤ R₀ exp(−0.0195 t)', guaranteed: true });
});
