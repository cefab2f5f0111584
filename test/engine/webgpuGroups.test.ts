import { expect, test } from 'vitest';
import { defaultsOf, type NumberParameter } from '../../src/config/parameter.ts';
import { designOf } from '../../src/engine/webgpuDesign.ts';
import { bytesOn, groupsOf, groupsOn } from '../../src/engine/webgpuGroups.ts';
import { refusalOf } from '../../src/engine/webgpuRefusal.ts';
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
    for (const [name, { label, shader }] of Object.entries(model.processes)) {
      if (!shader || shader.refusal?.(config) !== undefined) continue;
      const groups = groupsOn(host, shader, config);
      expect(groups.at(-1), `${model.name} ${label}`).toBeDefined();
      expect(groups.reduce((sum, { runs }) => sum + runs, 0)).toBe(256);
      const job = { model, process: name, config, saveAt: Float64Array.of(1) };
      expect(refusalOf(job, host)).toBeUndefined();
    }
  }
});

test('what runs keep where there is room does not grow with the number of groups', async () => {
  const { multipass } = await allModels();
  const shader = multipass!.processes['gf']!.shader!;
  const changes = { dimension: 16384, runs: 128, sampleRatio: 30, activation: 'tanh' };
  const config = { ...defaultsOf(multipass!.parameters), ...changes };
  const host = { software: false, most: 2 ** 27 };
  const groups = groupsOn(host, shader, config);
  expect(groups.length).toBeGreaterThan(1);
  expect(groups.reduce((sum, { most }) => sum + most, 0)).toBeCloseTo(2 ** 26, 3);
  const kept = groups.map(({ runs, most }) => designOf(shader, { ...config, runs }, { ...host, most })!);
  const samples = kept.reduce((sum, { scratch }) => sum + scratch['samples']!, 0);
  expect(samples).toBeLessThanOrEqual(2 ** 26);
  expect(bytesOn(host, shader, config)).toBeGreaterThan(4 * samples);
});

test('what would take the memory of a whole machine is refused, with what to lower', async () => {
  const { multipass } = await allModels();
  const model = multipass!;
  const network = { activation: 'tanh', hiddenUnits: 3, dimension: 16384, sampleRatio: 100, runs: 256 };
  const refusal = (changes: object) => {
    const config = { ...defaultsOf(model.parameters), ...network, ...changes };
    const job = { model, process: 'gf', config, saveAt: Float64Array.of(1) };
    return refusalOf(job, { software: false, most: 2 ** 29 });
  };
  expect(refusal({})).toMatch(
    /^256 runs in dimension 16384 need 6\.\d GB .*: lower the dimension or the number of runs\.$/,
  );
  expect(refusal({ runs: 128 })).toBeUndefined();
  expect(refusal({ dimension: 8192 })).toBeUndefined();
});
