import { expect, test } from 'vitest';
import { defaultsOf } from '../../src/config/parameter.ts';
import { largestDeviation } from '../../src/engine/deviation.ts';
import { Trajectory } from '../../src/engine/trajectory.ts';
import { dln } from '../../src/models/dln/index.ts';

const config = defaultsOf(dln.parameters);

/** A trajectory whose curvature at each time is given run by run. */
function trajectory(points: readonly (readonly [t: number, ...runs: number[]])[], capacity = points.length) {
  const made = new Trajectory(dln, config, capacity, points[0]!.length - 1);
  points.forEach(([t, ...runs], index) => {
    const values = Object.fromEntries(dln.statistics.map((name) => [name, Float64Array.from(runs)]));
    made.accept(index, { t, values, blowUp: new Float64Array(runs.length).fill(NaN) });
  });
  return made;
}

const limit = trajectory([
  [0, 1],
  [1, 2],
  [3, 4],
]);

test('it is the largest one in either direction, with its time, sign and standard error', () => {
  const process = trajectory([
    [0, 1, 1],
    [1, 2, 2.2],
    [3, 2.9, 3.1],
  ]);
  const { t, relative, standardError } = largestDeviation(process, limit, 'curvature')!;
  expect(t).toBe(3);
  expect(relative).toBeCloseTo(-0.25, 14);
  // Standard deviation √2·0.1, two runs, relative to 4.
  expect(standardError).toBeCloseTo(0.1 / 4, 14);
});

test('the limit is interpolated at the times of the process', () => {
  const found = largestDeviation(
    trajectory([
      [0.5, 1.5],
      [2, 6],
    ]),
    limit,
    'curvature',
  );
  expect(found).toEqual({ t: 2, relative: 1, standardError: NaN });
});

test('times where one of the two is unknown do not count', () => {
  const diverged = trajectory([
    [0, 1.1],
    [1, NaN],
    [3.5, 100],
  ]);
  expect(largestDeviation(diverged, limit, 'curvature')!.t).toBe(0);
  const ended = trajectory([[0, 1]], 3);
  const process = trajectory([
    [0, 1.1],
    [1, 50],
  ]);
  expect(largestDeviation(process, ended, 'curvature')!.t).toBe(0);
  expect(largestDeviation(new Trajectory(dln, config, 3, 1), limit, 'curvature')).toBeUndefined();
});

test('a limit of 0 has no relative deviation', () => {
  const zero = trajectory([
    [0, 0],
    [1, 1],
  ]);
  const process = trajectory([
    [0, 1],
    [1, 1.5],
  ]);
  expect(largestDeviation(process, zero, 'curvature')).toEqual({ t: 1, relative: 0.5, standardError: NaN });
});
