import { expect, test } from 'vitest';
import { defaultsOf, type NumberParameter } from '../../src/config/parameter.ts';
import { groupsOf, groupsOn } from '../../src/engine/webgpuGroups.ts';
import { allModels } from '../../src/models/index.ts';

test.each([
  [1, 1],
  [7, 7],
  [7, 3],
  [256, 31],
  [256, 1],
])('%i runs of which %i fit: as few groups as that takes, every run in one, in order', (runs, most) => {
  const groups = groupsOf(runs, (count) => count <= most);
  expect(groups).toHaveLength(Math.ceil(runs / most));
  let next = 0;
  for (const group of groups) {
    expect(group.first).toBe(next);
    expect(group.runs).toBeGreaterThan(0);
    expect(group.runs).toBeLessThanOrEqual(Math.min(most, groups[0]!.runs));
    next += group.runs;
  }
  expect(next).toBe(runs);
});

test('where not one run fits there are no groups', () => {
  expect(groupsOf(4, () => false)).toEqual([]);
});

test('the largest settings of every model fit into buffers of 128 MiB, the least that WebGPU promises', async () => {
  const host = { software: false, most: 2 ** 25 };
  for (const model of Object.values(await allModels())) {
    const { max } = model.parameters['dimension'] as NumberParameter;
    const largest = { dimension: max, batchSize: 1024, runs: 256 };
    const four = { studentWeights: [1, 1, 1, 1], teacherWeights: [1, 1, 1, 1] };
    const width = Object.hasOwn(model.parameters, 'studentWeights') ? four : {};
    const config = { ...defaultsOf(model.parameters), ...largest, ...width };
    for (const { label, shader } of Object.values(model.processes)) {
      if (!shader || shader.refusal?.(config) !== undefined) continue;
      const groups = groupsOn(host, shader, config);
      expect(groups.at(-1), `${model.name} ${label}`).toBeDefined();
      expect(groups.reduce((sum, { runs }) => sum + runs, 0)).toBe(256);
    }
  }
});
