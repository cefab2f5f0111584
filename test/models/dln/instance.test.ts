import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { arrange } from '../../../src/models/dln/instance.ts';
import { remarks } from '../../../src/models/dln/remarks.ts';
import { parameters, type DlnConfig } from '../../../src/models/dln/parameters.ts';

const defaults: DlnConfig = defaultsOf(parameters);

describe('joint law of λ and β*', () => {
  test('dyadic shares of a power of 2 are exact', () => {
    const { eigenvalue, teacher } = arrange({
      ...defaults,
      dimension: 256,
      spectrum: 'atoms',
      teacher: 'atoms',
      teacherAtoms: [
        { value: -1, weight: 0.25 },
        { value: 0, weight: 0.5 },
        { value: 2, weight: 0.25 },
      ],
    });
    for (const [lambda, value, count] of [
      [0.5, -1, 32],
      [1.5, -1, 32],
      [0.5, 0, 64],
      [1.5, 2, 32],
    ]) {
      expect(eigenvalue.filter((each, i) => each === lambda && teacher[i] === value).length).toBe(count);
    }
  });

  test.each(['logUniform', 'powerLaw', 'marchenkoPastur'] as const)(
    '%s: mean 1, and hardly correlated with the teacher at any d',
    (spectrum) => {
      for (const dimension of [97, 512, 1000, 4096]) {
        for (const [teacher, second] of [
          ['sparse', 0.1],
          ['gaussian', 1],
        ] as const) {
          const { eigenvalue, teacher: entries } = arrange({ ...defaults, dimension, spectrum, teacher });
          const mean = (of: (i: number) => number) =>
            eigenvalue.reduce((sum, _, i) => sum + of(i), 0) / dimension;
          expect(mean((i) => eigenvalue[i]!)).toBeCloseTo(1, 12);
          const covariance = mean((i) => (eigenvalue[i]! - 1) * entries[i]! ** 2);
          expect(Math.abs(covariance) / second).toBeLessThan(20 / dimension);
        }
      }
    },
  );
});

test('rounding is reported where it is more than 1 % of a share', () => {
  expect(remarks(defaults)).toEqual([]);
  expect(remarks({ ...defaults, dimension: 16 })).toEqual([
    'teacher: 10 % at 1 is rounded to 2 of 16 coordinates, 12.5 %',
  ]);
});
