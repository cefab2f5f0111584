import { expect, test } from 'vitest';
import { bindingsOf, readerOf, sizeOf, structOf, writeStruct } from '../../src/gpu/layout.ts';
import { sdeShader, sgdShader } from '../../src/models/dln/shaders.ts';
import { statisticNames } from '../../src/models/dln/statistics.ts';
import { compute, gpuUnderTest } from './compute.ts';
import { configWith } from './experiments.ts';

const code = `
  // struct Values { wrong: f32, }
  struct Values { a: f32, b: u32, // c: f32,
    d: i32, }
  @group(0) @binding(0) var<storage, read> values: Values;
  @group(0) @binding(1) var<storage, read_write> output: array<vec4f>;
  @compute @workgroup_size(1) fn main() {
    output[0] = vec4f(values.a, f32(values.b), f32(values.d), 0.0);
  }`;

test('members are where the GPU looks for them', async () => {
  const struct = structOf(code, 'Values');
  expect(struct).toEqual({ a: 'f32', b: 'u32', d: 'i32' });
  const words = new Uint32Array(sizeOf(struct) / 4);
  const view = new DataView(words.buffer);
  writeStruct(view, 0, struct, { d: -7, b: 4000000000, a: 0.5 });
  expect(['a', 'b', 'd'].map((name) => readerOf(struct, name)(view, 0))).toEqual([0.5, 4000000000, -7]);
  const gpu = await gpuUnderTest();
  const output = await compute(gpu, [{ name: 'test', code }], {}, 1, {
    values: words,
    output: new Float32Array(4),
  });
  expect([...new Float32Array(output)]).toEqual([0.5, 4000000000, -7, 0]);
});

test('bindings are read by variable name', () => {
  expect(bindingsOf(code)).toEqual({
    values: { group: 0, binding: 0, kind: 'read-only-storage', type: 'Values' },
    output: { group: 0, binding: 1, kind: 'storage', type: 'array<vec4f>' },
  });
});

test('a missing struct, a wrong member and a missing or unknown value are named', () => {
  expect(() => structOf(code, 'Other')).toThrow('expected a struct Other');
  expect(() => structOf('struct A { x: vec4f }', 'A')).toThrow('"x: vec4f"');
  const view = new DataView(new ArrayBuffer(12));
  const struct = structOf(code, 'Values');
  expect(() => writeStruct(view, 0, struct, { a: 1, b: 2 })).toThrow('member d has no value');
  expect(() => writeStruct(view, 0, struct, { a: 1, b: 2, d: 3, e: 4 })).toThrow('no member e');
  expect(() => readerOf(struct, 'e')).toThrow('no member e');
});

test.each([sgdShader, sdeShader])('statistics.wgsl has the statistics of TypeScript', async ({ modules }) => {
  const code = (await modules(configWith({}))).map((module) => module.code).join('\n');
  const struct = structOf(code, 'Statistics');
  expect(Object.keys(struct)).toEqual([...statisticNames, 'blowUpStep']);
});
