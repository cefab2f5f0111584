import { expect, test } from 'vitest';
import reduce from '../../shaders/lib/reduce.wgsl?raw';
import subgroups from '../../shaders/lib/reduceSubgroups.wgsl?raw';
import { compute, gpuUnderTest } from './compute.ts';

const kernel = {
  name: 'test',
  code: `
  @group(0) @binding(0) var<storage, read> input: array<f32>;
  @group(0) @binding(1) var<storage, read_write> output: array<f32>;
  @compute @workgroup_size(WIDTH)
  fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
    let value = input[group.x * WIDTH + lane];
    // Several in a row: a sum must not disturb the ones before.
    let all = sum(value, lane);
    let doubled = sum4(vec4f(value, value, 0.0, 0.0), lane);
    let tripled = sum(3.0 * value, lane);
    let first = 3u * (group.x * WIDTH + lane);
    output[first] = all;
    output[first + 1u] = doubled;
    output[first + 2u] = tripled;
  }`,
};

const variants = { reduce, subgroups };
const widths = [16, 32, 64, 128, 256];
const cases = Object.keys(variants).flatMap((variant) => widths.map((width) => [variant, width] as const));

test.each(cases)('%s: every one of %i lanes gets the sum over its workgroup', async (variant, width) => {
  const workgroups = 3;
  // Integers below 2²⁴: exact in float32 in any order.
  const input = Float32Array.from({ length: workgroups * width }, (_, i) => ((i * 7919) % 1009) + i);
  const gpu = await gpuUnderTest();
  const code = variants[variant as keyof typeof variants];
  const bytes = await compute(gpu, [{ name: variant, code }, kernel], { WIDTH: width }, workgroups, {
    input,
    output: new Float32Array(3 * input.length),
  });
  const expected = Array.from({ length: input.length }, (_, i) => {
    const first = width * Math.floor(i / width);
    const sum = input.subarray(first, first + width).reduce((a, b) => a + b, 0);
    return [sum, 2 * sum, 3 * sum];
  });
  expect([...new Float32Array(bytes)]).toEqual(expected.flat());
});
