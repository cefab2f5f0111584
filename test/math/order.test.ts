import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOf } from '../../src/math/order.ts';

/** By comparison. */
function expected(numbers: Float64Array): number[] {
  return Array.from(numbers, (_, i) => i).sort((a, b) => numbers[a]! - numbers[b]! || a - b);
}

test('indices in order of the numbers, equal ones in order of index', () => {
  const number = fc.oneof(
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    fc.constantFrom(0, 0.25, 0.5, 1 / 3, 1 - 2 ** -53),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 200 }), (values) => {
      const numbers = Float64Array.from(values);
      expect([...orderOf(numbers)]).toEqual(expected(numbers));
    }),
    { seed: 1 },
  );
});

test('many multiples of the golden ratio, and as many numbers in 1000 classes', () => {
  const n = 2 ** 18;
  const golden = Float64Array.from({ length: n }, (_, i) => (i * 0.6180339887498949) % 1);
  const classes = Float64Array.from({ length: n }, (_, i) => (((i % 1000) + 0.5) / 1000) % 1);
  for (const numbers of [golden, classes]) {
    const sorted = orderOf(numbers);
    for (let at = 1; at < n; at++) {
      const [before, after] = [sorted[at - 1]!, sorted[at]!];
      const difference = numbers[after]! - numbers[before]! || after - before;
      if (!(difference > 0)) throw new Error(`places ${at - 1} and ${at}: ${before}, ${after}`);
    }
    expect(new Set(sorted).size).toBe(n);
  }
});
