import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apportion } from '../../src/models/coordinates.ts';

test('apportioned counts sum to d and are less than 1 from their shares', () => {
  const weights = fc
    .array(fc.double({ min: 1e-3, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
    .map((list) => {
      const total = list.reduce((a, b) => a + b);
      return list.map((weight) => weight / total);
    });
  fc.assert(
    fc.property(weights, fc.integer({ min: 16, max: 5000 }), (shares, dimension) => {
      const counts = apportion(shares, dimension);
      expect(counts.reduce((a, b) => a + b)).toBe(dimension);
      counts.forEach((count, i) => expect(Math.abs(count - shares[i]! * dimension)).toBeLessThan(1));
    }),
    { seed: 2 },
  );
});
