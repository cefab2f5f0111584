import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { dln } from '../../../src/models/dln/index.ts';
import type { DlnConfig } from '../../../src/models/dln/parameters.ts';

const remarks = (changes: Partial<DlnConfig>) =>
  dln.remarks({ ...defaultsOf(dln.parameters), density: 0.5, ...changes });

test('nothing is said of independent Gaussian features', () => {
  expect(remarks({})).toEqual([]);
});

test.each([
  ['rademacher', 'Rademacher'],
  ['laplace', 'Laplace'],
] as const)('the limit is claimed for %s features', (features, name) => {
  expect(remarks({ features })).toEqual([expect.stringContaining(`the limit of ${name} ones is that of`)]);
});

test('heavy tails are said to need large dimensions', () => {
  expect(remarks({ features: 'studentT' })).toEqual([expect.stringMatching(/closer ν is to 4.*larger d/)]);
});

test('the limit is not claimed for correlated features, of whatever law', () => {
  for (const features of ['gaussian', 'laplace'] as const) {
    expect(remarks({ correlation: -0.3, features })).toEqual([
      expect.stringContaining('for φ = -0.3 theory claims no limit'),
    ]);
  }
});

test('rounding is remarked beside it', () => {
  expect(remarks({ correlation: 0.3, dimension: 16, density: 0.1 })).toHaveLength(2);
});
