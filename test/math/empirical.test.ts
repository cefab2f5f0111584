import { expect, test } from 'vitest';
import { empirical } from '../../src/math/empirical.ts';

const values = Float64Array.of(0.1, 0.5, 0.5, 2);

test('midpoint quantiles and nodes of an empirical law are its values', () => {
  const { quantile, rule } = empirical(values);
  expect(Array.from(values, (_, i) => quantile((i + 0.5) / 4))).toEqual([...values]);
  expect(rule(99).map(({ value }) => value)).toEqual([...values]);
  expect(rule(2).reduce((sum, { weight }) => sum + weight, 0)).toBe(1);
});

test('an empirical law needs values', () => {
  expect(() => empirical(new Float64Array())).toThrow('expected at least 1');
});
