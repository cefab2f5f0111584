import { expect, test } from 'vitest';
import reduce from '../../shaders/lib/reduce.wgsl?raw';
import { compute, gpuUnderTest } from './compute.ts';

const kernel = {
  name: 'test',
  code: `
  @group(0) @binding(0) var<storage, read> input: array<f32>;
  @group(0) @binding(1) var<storage, read_write> output: array<f32>;
  @compute @workgroup_size(WIDTH)
  fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
    let value = input[group.x * WIDTH + lane];
    // Twice in a row: the second sum must not disturb the first one.
    let all = sum(value, lane);
    let doubled = sum4(vec4f(value, value, 0.0, 0.0), lane);
    output[2u * (group.x * WIDTH + lane)] = all;
    output[2u * (group.x * WIDTH + lane) + 1u] = doubled;
  }`,
};

test.each([16, 32, 64, 128, 256])('every one of %i lanes gets the sum over its workgroup', async (width) => {
  const workgroups = 3;
  // Integers below 2²⁴: exact in float32 in any order.
  const input = Float32Array.from({ length: workgroups * width }, (_, i) => ((i * 7919) % 1009) + i);
  const gpu = await gpuUnderTest();
  const bytes = await compute(gpu, [{ name: 'reduce', code: reduce }, kernel], { WIDTH: width }, workgroups, {
    input,
    output: new Float32Array(2 * input.length),
  });
  const expected = Array.from({ length: input.length }, (_, i) => {
    const first = width * Math.floor(i / width);
    const sum = input.subarray(first, first + width).reduce((a, b) => a + b, 0);
    return [sum, 2 * sum];
  });
  expect([...new Float32Array(bytes)]).toEqual(expected.flat());
});
