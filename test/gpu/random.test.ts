import { expect, test } from 'vitest';
import normal from '../../shaders/lib/normal.wgsl?raw';
import laplace from '../../shaders/lib/features/laplace.wgsl?raw';
import rademacher from '../../shaders/lib/features/rademacher.wgsl?raw';
import studentT from '../../shaders/lib/features/studentT.wgsl?raw';
import uniform from '../../shaders/lib/features/uniform.wgsl?raw';
import threefrySource from '../../shaders/lib/threefry.wgsl?raw';
import { featuresOf, type FeatureLaw } from '../../src/math/features.ts';
import { fillNormals } from '../../src/math/normal.ts';
import { streams, threefry } from '../../src/math/threefry.ts';
import { knownAnswers } from '../math/knownAnswers.ts';
import { compute, gpuUnderTest } from './compute.ts';

const sources = [
  { name: 'lib/threefry.wgsl', code: threefrySource },
  { name: 'lib/normal.wgsl', code: normal },
];

const bindings = `
  @group(0) @binding(0) var<storage, read> counter: array<vec4u>;
  @group(0) @binding(1) var<storage, read> key: array<vec4u>;
`;

const wordsKernel = {
  name: 'words',
  code: `${bindings}
  @group(0) @binding(2) var<storage, read_write> output: array<vec4u>;
  @compute @workgroup_size(1) fn main(@builtin(workgroup_id) id: vec3u) {
    output[id.x] = threefry(counter[id.x], key[id.x]);
  }`,
};

const normalsKernel = {
  name: 'normals',
  code: `${bindings}
  @group(0) @binding(2) var<storage, read_write> output: array<vec4f>;
  @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
    output[id.x] = normals(threefry(counter[0] + vec4u(id.x, 0u, 0u, 0u), key[0]));
  }`,
};

test('Threefry gives the known answers bit for bit', async () => {
  const gpu = await gpuUnderTest();
  const bytes = await compute(gpu, [sources[0]!, wordsKernel], {}, knownAnswers.length, {
    counter: new Uint32Array(knownAnswers.flatMap(({ counter }) => counter)),
    key: new Uint32Array(knownAnswers.flatMap(({ key }) => key)),
    output: new Uint32Array(4 * knownAnswers.length),
  });
  expect([...new Uint32Array(bytes)]).toEqual(knownAnswers.flatMap(({ words }) => words));
});

test('Threefry equals its TypeScript twin on every stream', async () => {
  const cases = Object.values(streams).flatMap((stream) =>
    [0, 1, 77, 0xfffffffe].map((n) => ({
      counter: [n, n ^ 5, 3, stream],
      key: [n ^ 0x9e3779b9, 0, n, 0],
    })),
  );
  const gpu = await gpuUnderTest();
  const bytes = await compute(gpu, [sources[0]!, wordsKernel], {}, cases.length, {
    counter: new Uint32Array(cases.flatMap(({ counter }) => counter)),
    key: new Uint32Array(cases.flatMap(({ key }) => key)),
    output: new Uint32Array(4 * cases.length),
  });
  const words = new Uint32Array(4);
  const expected = cases.flatMap(({ counter, key }) => {
    const [c0, c1, c2, c3] = counter as [number, number, number, number];
    const [k0, k1, k2, k3] = key as [number, number, number, number];
    threefry(words, c0, c1, c2, c3, k0, k1, k2, k3);
    return [...words];
  });
  expect([...new Uint32Array(bytes)]).toEqual(expected);
});

test('the stream numbers in WGSL are those of the table, which has those of the CPU as well', () => {
  const declared = [...threefrySource.matchAll(/const STREAM_(\w+) = (\d+)u;/g)].map(([, name, value]) => [
    name!.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    Number(value),
  ]);
  expect(declared.length).toBeGreaterThanOrEqual(6);
  expect(streams).toMatchObject(Object.fromEntries(declared) as Record<string, number>);
});

test('normals equal their TypeScript twin to 5e-6', async () => {
  const blocks = 1 << 16;
  const [seed, step, run, sample] = [4294967295, 9, 3, 2];
  const gpu = await gpuUnderTest();
  const bytes = await compute(gpu, [...sources, normalsKernel], {}, blocks / 64, {
    counter: new Uint32Array([0, step, run, streams.features]),
    key: new Uint32Array([seed, 0, sample, 0]),
    output: new Float32Array(4 * blocks),
  });
  const actual = new Float32Array(bytes);
  const expected = new Float64Array(4 * blocks);
  fillNormals(expected, 4 * blocks, seed, streams.features, step, run, sample);
  let worst = 0;
  for (let j = 0; j < blocks; j++) {
    for (let w = 0; w < 4; w++) {
      worst = Math.max(worst, Math.abs(actual[4 * j + w]! - expected[w * blocks + j]!));
    }
  }
  expect(worst).toBeLessThan(5e-6);
  expect(Math.max(...actual.subarray(0, 1000))).toBeGreaterThan(2);
});

const laws: [FeatureLaw, string, number][] = [
  ['rademacher', rademacher, 6],
  ['uniform', uniform, 6],
  ['laplace', laplace, 6],
  ['studentT', studentT, 4.1],
  ['studentT', studentT, 6],
  ['studentT', studentT, 100],
];

test.each(laws)('%s features equal their TypeScript twin to 5e-6', async (law, code, degreesOfFreedom) => {
  const blocks = 1 << 16;
  const [seed, step, run, sample] = [4294967295, 9, 3, 2];
  const kernel = {
    name: 'features',
    code: `${bindings}
    @group(0) @binding(2) var<storage, read_write> output: array<vec4f>;
    @compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
      output[id.x] = features(counter[0] + vec4u(id.x, 0u, 0u, 0u), key[0], ${degreesOfFreedom});
    }`,
  };
  const bytes = await compute(
    await gpuUnderTest(),
    [...sources, { name: `lib/features/${law}.wgsl`, code }, kernel],
    {},
    blocks / 64,
    {
      counter: new Uint32Array([0, step, run, streams.features]),
      key: new Uint32Array([seed, 0, sample, 0]),
      output: new Float32Array(4 * blocks),
    },
  );
  const actual = new Float32Array(bytes);
  const expected = new Float64Array(4 * blocks);
  featuresOf(law, degreesOfFreedom)(expected, 4 * blocks, seed, step, run, sample);
  let worst = 0;
  for (let j = 0; j < blocks; j++) {
    for (let w = 0; w < 4; w++) {
      const value = expected[w * blocks + j]!;
      worst = Math.max(worst, Math.abs(actual[4 * j + w]! - value) / Math.max(1, Math.abs(value)));
    }
  }
  expect(worst).toBeLessThan(5e-6);
});
