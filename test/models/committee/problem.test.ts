import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { committee } from '../../../src/models/committee/index.ts';
import type { CommitteeConfig } from '../../../src/models/committee/parameters.ts';
import { problemOf } from '../../../src/models/committee/problem.ts';
import reference from '../../reference/glm.json' with { type: 'json' };

const configWith = (changes: Partial<CommitteeConfig>): CommitteeConfig => ({
  ...defaultsOf(committee.parameters),
  ...changes,
});

describe('values that do not go together are refused by key, value and what is expected', () => {
  test('a list of another length', () => {
    expect(committee.problem!(configWith({ studentWeights: [1], overlaps: [1, 0] }))).toBe(
      'overlaps = 1,0 has 2 numbers: expected 1, or 6, the upper triangle row by row for 1 student and 2 teachers',
    );
  });

  test('moments that no vectors have', () => {
    const message = /^overlaps = 1,2,0.5: expected a positive semidefinite matrix/;
    const changes = { studentWeights: [1], teacherWeights: [1], overlaps: [1, 2, 0.5] };
    expect(committee.problem!(configWith(changes))).toMatch(message);
    expect(() => problemOf(configWith(changes))).toThrow(message);
    expect(committee.problem!(configWith({ overlaps: [0.8] }))).toMatch(/positive semidefinite/);
  });

  test('a teacher without entries', () => {
    const changes = { studentWeights: [1], teacherWeights: [1], overlaps: [1, 0, 0] };
    expect(committee.problem!(configWith(changes))).toBe(
      'overlaps = 1,0,0: expected a number above 0 as the norm of teacher 1, got 0',
    );
  });
});

const counts = [1, 2, 3, 4];

test.each(counts.flatMap((l) => counts.map((k) => [l, k] as const)))(
  'the default start suits %i students and %i teachers',
  (l, k) => {
    const config = configWith({ studentWeights: Array(l).fill(1), teacherWeights: Array(k).fill(1) });
    expect(committee.problem!(config)).toBeUndefined();
    const matrix = problemOf(config).start(1);
    const overlaps = [...matrix.subarray(l, l + k)];
    expect(overlaps).toEqual(overlaps.map((_, n) => (n === 0 ? 0.05 : 0)));
  },
);

describe('observables at the start', () => {
  const found = reference.configs.find(({ name }) => name === 'Erf22_iso')!;
  const V0 = found.V0 as number[][];
  const overlaps = V0.flatMap((row, i) => row.slice(i));
  const config = configWith({ dimension: 64, labelNoise: found.sigma!, overlaps });
  const statistics = committee.processes['sgd']!.oracle(config, committee.instance(config), 0).statistics();
  const at = (name: string) => committee.observables[name]!.of(statistics, config);

  test('risk is that of the reference', () => {
    expect(at('risk')).toBeCloseTo(found.risk[0]!, 9);
  });

  test('R and Q are the entries of V₀; overlap the mean of the best cosines', () => {
    const expected = { r11: 0.3, r12: 0.05, r21: 0.05, r22: 0.25, q11: 0.5, q12: 0, q22: 0.6 };
    for (const [name, value] of Object.entries(expected)) expect(at(name)).toBeCloseTo(value, 12);
    expect(at('overlap')).toBeCloseTo((0.3 / Math.sqrt(0.5) + 0.25 / Math.sqrt(0.6)) / 2, 10);
    expect(at('studentNorm')).toBeCloseTo(0.55, 10);
  });

  test('those of units that there are not are not offered', () => {
    const offered = Object.entries(committee.observables)
      .filter(([, { absent }]) => absent?.(config) === undefined)
      .map(([name]) => name);
    expect(offered).toEqual([
      'risk',
      'excessRisk',
      'overlap',
      'studentNorm',
      'r11',
      'r12',
      'r21',
      'r22',
      'q11',
      'q12',
      'q22',
    ]);
  });
});
