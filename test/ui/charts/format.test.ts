import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCount, formatTicks, formatValue, superscript } from '../../../src/ui/charts/format.ts';

/** Reads back what a formatter wrote. */
function parsed(text: string): number {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const [, mantissa = '', power] = /^([^·]+?)(?:·?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(text.replace('−', '-'))!;
  const exponent = [...(power ?? '')].map((c) => (c === '⁻' ? '-' : digits.indexOf(c))).join('');
  return Number(mantissa === '' ? 1 : mantissa) * 10 ** Number(exponent);
}

describe('formatValue', () => {
  test.each([
    [3.2e-4, '3.20·10⁻⁴'],
    [0.01, '0.0100'],
    [0.0123456, '0.0123'],
    [1, '1.00'],
    [9.999, '10.0'],
    [0.0099999, '0.0100'],
    [123.4, '123'],
    [999.9, '1.00·10³'],
    [-2.5e-12, '−2.50·10⁻¹²'],
    [0, '0'],
    [NaN, '—'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d reads %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test('keeps three digits of every number, in at most 12 characters', () => {
    const values = fc.double({ min: 1e-99, max: 1e99, noNaN: true });
    fc.assert(
      fc.property(values, fc.boolean(), (size, negative) => {
        const value = negative ? -size : size;
        const text = formatValue(value);
        expect(text.length).toBeLessThanOrEqual(12);
        expect(Math.abs(parsed(text) / value - 1)).toBeLessThanOrEqual(0.00501);
      }),
      { seed: 1 },
    );
  });
});

test('formatCount groups by three', () => {
  expect(formatCount(10240)).toBe('10\u202f240');
  expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
  expect(formatCount(999)).toBe('999');
});

test('superscript writes every digit and the sign', () => {
  expect(superscript(-1234567890)).toBe('⁻¹²³⁴⁵⁶⁷⁸⁹⁰');
});

describe('formatTicks', () => {
  test.each([
    [[0, 0.5, 1, 1.5], '0 0.5 1 1.5'],
    [[0.001, 0.01, 0.1], '0.001 0.01 0.1'],
    [[1e-4, 1e-2, 1], '10⁻⁴ 10⁻² 1'],
    [[0, 50000, 100000, 150000], '0 5·10⁴ 10⁵ 1.5·10⁵'],
    [[-2e-7, 0, 2e-7], '−2·10⁻⁷ 0 2·10⁻⁷'],
    [[1, 10, 1e6], '1 10 10⁶'],
    [[0.1, 1, 1000], '10⁻¹ 1 10³'],
  ])('%j', (values, text) => {
    expect(formatTicks(values).join(' ')).toBe(text);
  });
});
