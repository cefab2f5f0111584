/** Guides and facts of soft committee machines. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { facts } from '../../../src/models/committee/facts.ts';
import { parameters } from '../../../src/models/committee/parameters.ts';
import { problemOf } from '../../../src/models/committee/problem.ts';
import { readouts } from '../../../src/models/committee/readouts.ts';
import { risksOf } from '../multiIndex/problems.ts';

const base = defaultsOf(parameters);
const single = { ...base, studentWeights: [1], teacherWeights: [1], overlaps: [0.3], labelNoise: 0.4 };

test('one unit on each side: γ_c in closed form, and the level where the limit ends', () => {
  const edge = (Math.PI * Math.sqrt(5)) / Math.sqrt(3);
  const [stability] = facts({ ...single, stepSize: edge / 2 });
  expect(stability!.value).toBe('γ/γ_c = 0.500');
  const level = readouts({ ...single, stepSize: 1 })[0]!.level as number;
  expect(level / risksOf(problemOf({ ...single, stepSize: 1 }), [0, 300])[1]!).toBeCloseTo(1, 6);
});

test('committees of different size have no critical step size, but the balance at the start', () => {
  const wide = { ...base, studentWeights: [1, 1, 1], teacherWeights: [1] };
  expect(facts(wide).map(({ label }) => label)).toEqual(['at the start']);
  expect(readouts(wide)).toEqual([]);
});
