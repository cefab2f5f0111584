/** The start has the moments that the limit starts from. */
import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import {
  startRemarks,
  studentsOf,
  teachersOf,
  type StartConfig,
  type StartMoments,
} from '../../../src/models/multiIndex/start.ts';
import { eigenvaluesOf, spectrumParameters } from '../../../src/models/spectrum.ts';

function configWith(changes: Partial<StartConfig>): StartConfig {
  return { ...defaultsOf(spectrumParameters), dimension: 200, seed: 7, ...changes };
}

const one: StartMoments = {
  students: 1,
  teachers: 1,
  matrices: [Float64Array.of(0.5, 0.2, 0.2, 2), Float64Array.of(1, -0.3, -0.3, 0.5)],
};

const several: StartMoments = {
  students: 2,
  teachers: 1,
  matrices: [Float64Array.of(0.5, 0.1, 0.3, 0.1, 0.6, -0.2, 0.3, -0.2, 1)],
};

/** Mean over the coordinates first … end−1 of weight·W_aW_b, students first. */
function moment(
  config: StartConfig,
  moments: StartMoments,
  [a, b]: readonly [number, number],
  weight: (i: number) => number,
  [first, end]: readonly [number, number] = [0, config.dimension],
): number {
  const { dimension } = config;
  const all = [...studentsOf(config, moments, 3), ...teachersOf(config, moments)];
  let sum = 0;
  for (let i = first; i < end; i++) sum += weight(i) * all[a * dimension + i]! * all[b * dimension + i]!;
  return sum / (end - first);
}

test('every atom of the spectrum has its own moments, exactly', () => {
  const config = configWith({ spectrum: 'atoms', dimension: 201 });
  for (const [atom, range] of [
    [0, [0, 101]],
    [1, [101, 201]],
  ] as const) {
    for (const [a, b] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const) {
      const expected = one.matrices[atom]![2 * a + b]!;
      expect(moment(config, one, [a, b], () => 1, range)).toBeCloseTo(expected, 12);
    }
  }
});

describe.each(['logUniform', 'powerLaw', 'marchenkoPastur'] as const)('%s', (spectrum) => {
  const gaps = (power: number, dimension: number) => {
    const config = configWith({ spectrum, dimension, condition: 40 });
    const lambda = eigenvaluesOf(config, dimension);
    const mean = lambda.reduce((sum, value) => sum + value ** power, 0) / dimension;
    return [0, 1, 2].flatMap((a) =>
      [0, 1, 2].map((b) => {
        const expected = mean * several.matrices[0]![3 * a + b]!;
        return Math.abs(moment(config, several, [a, b], (i) => lambda[i]! ** power) - expected);
      }),
    );
  };

  test('moments with weights λ are exact', () => {
    expect(Math.max(...gaps(1, 333))).toBeLessThan(1e-12);
  });

  test('moments without weights and with weights λ² get exact as d grows', () => {
    for (const [power, bound] of [
      [0, 2e-3],
      [2, 2e-2],
    ] as const) {
      const [coarse, fine] = [256, 4096].map((dimension) => Math.max(...gaps(power, dimension)));
      expect(coarse).toBeLessThan(10 * bound);
      expect(fine).toBeLessThan(bound);
    }
  });
});

test('runs share the teachers and have students of their own', () => {
  const config = configWith({ spectrum: 'powerLaw' });
  expect(teachersOf(config, several)).toEqual(teachersOf(config, several));
  expect(studentsOf(config, several, 1)).not.toEqual(studentsOf(config, several, 2));
});

test('a student that is the teacher is the teacher', () => {
  const config = configWith({});
  const moments = { students: 1, teachers: 1, matrices: [Float64Array.of(4, -2, -2, 1)] };
  const teacher = teachersOf(config, moments);
  studentsOf(config, moments, 0).forEach((value, i) => expect(value).toBeCloseTo(-2 * teacher[i]!, 12));
});

test('moments are exact at the smallest dimension with the most vectors, where there are as many coordinates', () => {
  const size = 8;
  const matrix = Float64Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0.1));
  const moments = { students: 4, teachers: 4, matrices: [matrix] };
  const config = configWith({ dimension: 16, spectrum: 'powerLaw' });
  expect(startRemarks(config, moments)).toEqual([]);
  const lambda = eigenvaluesOf(config, 16);
  for (const pair of [
    [0, 0],
    [0, 5],
    [6, 7],
  ] as const) {
    expect(moment(config, moments, pair, (i) => lambda[i]!)).toBeCloseTo(
      matrix[size * pair[0] + pair[1]]!,
      10,
    );
  }
  const few = configWith({
    dimension: 16,
    spectrum: 'atoms',
    eigenvalues: [
      { value: 1, weight: 3 },
      { value: 2, weight: 1 },
    ],
  });
  expect(startRemarks(few, moments)[0]).toMatch(
    /^start: 4 coordinates with one eigenvalue are fewer than the 8 vectors/,
  );
});
