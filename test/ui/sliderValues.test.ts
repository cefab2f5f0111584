import { describe, expect, test } from 'vitest';
import { number, type NumberParameter } from '../../src/config/parameter.ts';
import { parameters } from '../../src/models/dln/parameters.ts';
import { nearestStop, sliderValues } from '../../src/ui/sliderValues.ts';

const described = { label: 'x', doc: 'A sentence.', group: 'problem' } as const;
const numbers = Object.entries(parameters).filter(
  (entry): entry is [string, NumberParameter] => entry[1].kind === 'number',
);

describe.each(numbers.filter(([key]) => key !== 'seed'))('%s', (_, parameter) => {
  const values = sliderValues(parameter);

  test('stops go up from the least to the largest value, each of them accepted', () => {
    expect(values[0]).toBe(parameter.min);
    expect(values.at(-1)).toBe(parameter.max);
    expect([...new Set(values)].sort((a, b) => a - b)).toEqual(values);
    for (const value of values) expect(parameter.parse(parameter.format(value))).toBe(value);
  });

  test('stops are short in a link and reach the default', () => {
    for (const value of values) expect(parameter.format(value).length).toBeLessThanOrEqual(8);
    const nearest = values[nearestStop(values, parameter.default)]!;
    expect(Math.abs(nearest - parameter.default)).toBeLessThanOrEqual(0.03 * parameter.default);
  });
});

test('neighbours on a logarithmic scale are at most 5 % apart', () => {
  const values = sliderValues(parameters.stepSize);
  values.slice(1).forEach((value, i) => expect(value / values[i]!).toBeLessThanOrEqual(1.05 + 1e-9));
});

test('a huge range of integers has no slider', () => {
  expect(sliderValues(parameters.seed)).toEqual([]);
});

test('every integer of a short range is a stop', () => {
  const few = number({ ...described, default: 1, min: 1, max: 6, integer: true });
  expect(sliderValues(few)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('the nearest stop is the nearest one, inside and outside the range', () => {
  const stops = [1, 2, 4, 8];
  expect([0, 1, 1.4, 1.6, 3.5, 8, 9].map((value) => nearestStop(stops, value))).toEqual([
    0, 0, 0, 1, 2, 3, 3,
  ]);
});
