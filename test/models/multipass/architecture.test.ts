import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { activations, type ActivationName } from '../../../src/models/multipass/activations.ts';
import { networkOf } from '../../../src/models/multipass/architecture.ts';
import { parameters, type MultipassConfig } from '../../../src/models/multipass/parameters.ts';
import { problem } from '../../../src/models/multipass/problem.ts';

const base = defaultsOf(parameters);
const two: MultipassConfig = { ...base, hiddenUnits: 2, teacherUnits: 2, activation: 'tanh' };

describe.each(Object.keys(activations) as ActivationName[])('%s', (name) => {
  const { value, derivatives, steepest, bendiest } = activations[name];
  const r = Float64Array.from({ length: 81 }, (_, i) => (i - 40) / 8);
  const [s, slope, curvature] = Array.from({ length: 3 }, () => new Float64Array(r.length));
  derivatives(r, s, slope, curvature);

  test('derivatives are those of the value', () => {
    const h = 1e-4;
    const slopesAt = (shift: number) => {
      const slopes = new Float64Array(r.length);
      derivatives(
        r.map((x) => x + shift),
        r.slice(),
        slopes,
        r.slice(),
      );
      return slopes;
    };
    const [above, below] = [h, -h].map(slopesAt);
    r.forEach((x, i) => {
      expect(s[i]).toBeCloseTo(value(x), 14);
      expect((value(x + h) - value(x - h)) / (2 * h)).toBeCloseTo(slope[i], 6);
      expect((above[i]! - below[i]!) / (2 * h)).toBeCloseTo(curvature[i], 7);
    });
  });

  test('is nowhere steeper and bends nowhere more than stated, and comes close to it', () => {
    for (const [most, stated] of [
      [slope.reduce((max, each) => Math.max(max, Math.abs(each))), steepest],
      [curvature.reduce((max, each) => Math.max(max, Math.abs(each)), 0), bendiest],
    ]) {
      expect(most).toBeLessThanOrEqual(stated);
      expect(most).toBeGreaterThanOrEqual(0.99 * stated);
    }
  });
});

test('one linear unit each is the scalar case, whatever lists are left over', () => {
  const { students, teachers, secondLayer, moments, isScalar } = networkOf({
    ...base,
    initNorm: 2,
    initOverlap: 0.5,
    secondLayer: [3, 4],
    initMoments: [1, 2],
  });
  expect([students, teachers, isScalar]).toEqual([1, 1, true]);
  expect([Array.from(secondLayer), Array.from(moments)]).toEqual([[1], [2, 0.5, 0.5, 1]]);
  for (const change of [{ hiddenUnits: 2 }, { teacherUnits: 2 }, { activation: 'erf' }] as const) {
    expect(networkOf({ ...base, ...change }).isScalar).toBe(false);
  }
});

test('units start orthogonal, each with the overlap with its own teacher', () => {
  const { moments } = networkOf({ ...two, hiddenUnits: 3, initNorm: 2, initOverlap: 0.3, teacherNorm: 0.5 });
  // prettier-ignore
  expect(Array.from(moments)).toEqual([
    2, 0, 0, 0.3, 0,
    0, 2, 0, 0, 0.3,
    0, 0, 2, 0, 0,
    0.3, 0, 0, 0.5, 0,
    0, 0.3, 0, 0, 0.5,
  ]);
});

test('all moments may be given, row by row, and one number for the second layer serves all units', () => {
  const config: MultipassConfig = {
    ...two,
    teacherUnits: 1,
    secondLayer: [0.5],
    initMoments: [1, 0.1, 0.2, 2, 0.3, 3],
  };
  const { moments, secondLayer } = networkOf(config);
  expect(Array.from(moments)).toEqual([1, 0.1, 0.2, 0.1, 2, 0.3, 0.2, 0.3, 3]);
  expect(Array.from(secondLayer)).toEqual([0.5, 0.5]);
});

describe('values that do not go together', () => {
  const cases: [Partial<MultipassConfig>, RegExp][] = [
    [
      { secondLayer: [1, 1, 1] },
      /^secondLayer = 1,1,1 has 3 numbers: expected 1 or 2, one for each hidden unit$/,
    ],
    [{ secondLayer: [0, 0] }, /^secondLayer = 0,0: expected a number other than 0/],
    [
      { initMoments: [1, 2] },
      /^initMoments has 2 numbers: expected none, or 10, .* 2 students and 2 teachers$/,
    ],
    [{ initOverlap: 1.5 }, /^initial overlap 1.5: expected at most √\(q₀q\*\) = 1.000 in size$/],
    [
      { initMoments: [1, 0, 0, 0, 1, 0, 0, 0, 0, 1] },
      /^initMoments: expected a number above 0 as the norm of teacher 1, got 0$/,
    ],
    [
      { initMoments: [1, 2, 0, 0, 1, 0, 0, 1, 0, 1] },
      /^initMoments = 1,2,.*: expected a positive semidefinite/,
    ],
  ];
  test.each(cases)('%o', (change, message) => expect(problem({ ...two, ...change })).toMatch(message));

  test('are not those that nobody sees', () => {
    for (const config of [base, two, { ...base, initMoments: [1], secondLayer: [1, 1] }]) {
      expect(problem(config)).toBeUndefined();
    }
    expect(problem({ ...two, initMoments: [1, 1, 0, 0, 1, 0, 0, 1, 0, 1] })).toBeUndefined();
  });
});
