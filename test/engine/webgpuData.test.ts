import { expect, test } from 'vitest';
import { pack, shapeOf } from '../../src/engine/webgpuData.ts';

test('every dimension fits its shape', () => {
  for (const software of [false, true]) {
    for (const dimension of [16, 17, 100, 513, 1000, 1024, 1100, 4096, 5000, 8192]) {
      const { WIDTH, CHUNK } = shapeOf(dimension, software) as { WIDTH: number; CHUNK: number };
      expect(4 * WIDTH * CHUNK).toBeGreaterThanOrEqual(dimension);
      expect(4 * WIDTH * (CHUNK - 1)).toBeLessThan(dimension);
      expect(software ? [16, 32] : [256]).toContain(WIDTH);
      expect(CHUNK).toBeLessThanOrEqual(software ? 64 : 8);
    }
  }
});

test('coordinate w⌈d/4⌉ + j becomes component w of vec4f number j', () => {
  const values = Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect([...pack(values, 'array<vec4f>', -1)]).toEqual([0, 3, 6, 9, 1, 4, 7, -1, 2, 5, 8, -1]);
  expect([...pack(values, 'array<f32>', -1)]).toEqual([...values]);
});
