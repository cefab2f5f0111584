import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { glm } from '../../../src/models/glm/index.ts';
import type { GlmConfig } from '../../../src/models/glm/parameters.ts';

const configWith = (changes: Partial<GlmConfig>): GlmConfig => ({
  ...defaultsOf(glm.parameters),
  ...changes,
});

describe('values that do not go together are refused by key, value and what is expected', () => {
  const refused: [string, Partial<GlmConfig>, string][] = [
    [
      'a list where there is one eigenvalue',
      { initNorm: [1, 2] },
      'initNorm = 1,2 has 2 numbers: expected 1',
    ],
    [
      'a list on a continuous spectrum',
      { spectrum: 'powerLaw', teacherNorm: [1, 2, 3] },
      'teacherNorm = 1,2,3 has 3 numbers: expected 1',
    ],
    [
      'a list of another length',
      { spectrum: 'atoms', initOverlap: [0, 0, 0] },
      'initOverlap = 0,0,0 has 3 numbers: expected 1, or 2, one for each eigenvalue',
    ],
    [
      'an overlap beyond both norms',
      { initOverlap: [-3], teacherNorm: [4] },
      'initOverlap = -3: expected at most √(initNorm·teacherNorm) = 2 in size',
    ],
    [
      'the same at one of two eigenvalues',
      { spectrum: 'atoms', initNorm: [1, 0.25], initOverlap: [1, 1] },
      'initOverlap = 1 at eigenvalue 1.5: expected at most √(initNorm·teacherNorm) = 0.5 in size',
    ],
    [
      'no teacher',
      { teacherNorm: [0] },
      'teacherNorm = 0: expected a number above 0 at an eigenvalue above 0',
    ],
    [
      'a start without gradient',
      { loss: 'relu', initNorm: [0] },
      'initNorm = 0: expected a number above 0, since this loss has no gradient at X = 0',
    ],
  ];
  test.each(refused)('%s', (_, changes, message) => {
    expect(glm.problem!(configWith(changes))).toBe(message);
  });
});

test.each<Partial<GlmConfig>>([
  {},
  { initNorm: [0] },
  { initOverlap: [1] },
  { spectrum: 'atoms', teacherNorm: [0, 1], initOverlap: [0, -1] },
  { spectrum: 'twoPoint', initNorm: [0.5, 2], loss: 'relu' },
])('accepts %o', (changes) => {
  expect(glm.problem!(configWith(changes))).toBeUndefined();
});

describe('remarks', () => {
  test('tell of the saddle of an even loss', () => {
    expect(glm.remarks(configWith({ loss: 'phaseRetrieval', stepSize: 0.1 }))).toEqual([
      expect.stringMatching(/^initOverlap: at overlap 0 the limit never leaves the saddle/),
    ]);
  });

  test('tell of a time step that is too long for the SDE', () => {
    expect(glm.remarks(configWith({ stepSize: 100 }))).toEqual([
      'dt: the SDE moves by a factor of 1 in one step; it is accurate for dt below about 0.005',
    ]);
  });

  test('tell of shares that d coordinates miss', () => {
    const config = configWith({
      dimension: 16,
      spectrum: 'atoms',
      eigenvalues: [
        { value: 1, weight: 9 },
        { value: 2, weight: 1 },
      ],
    });
    expect(glm.remarks(config)).toEqual(['spectrum: 10 % at 2 is rounded to 2 of 16 coordinates, 12.5 %']);
  });

  test('say nothing at the default', () => {
    expect(glm.remarks(configWith({}))).toEqual([]);
  });
});

test('a study compares with the limit of shares as rounded to d', () => {
  const config = configWith({ spectrum: 'twoPoint', initNorm: [1, 2] });
  const at = glm.finiteSize!.at(config, 33) as unknown as GlmConfig;
  expect(at.dimension).toBe(33);
  expect(at.eigenvalues.map(({ weight }) => weight)).toEqual([17, 16]);
  expect([...glm.instance(at)['eigenvalue']!]).toEqual([
    ...glm.instance({ ...config, dimension: 33 })['eigenvalue']!,
  ]);
});
