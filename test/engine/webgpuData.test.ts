import { expect, test } from 'vitest';
import { pack, shapeOf } from '../../src/engine/webgpuData.ts';

test('every dimension fits its shape', () => {
  for (const software of [false, true]) {
    for (const dimension of [16, 17, 100, 513, 1000, 1024, 1100, 4096, 5000, 8192]) {
      const { WIDTH, CHUNK } = shapeOf(dimension, software) as { WIDTH: number; CHUNK: number };
      expect(4 * WIDTH * CHUNK).toBeGreaterThanOrEqual(dimension);
      expect(4 * WIDTH * (CHUNK - 1)).toBeLessThan(dimension);
      expect(software ? [16, 32] : [32, 64, 128, 256]).toContain(WIDTH);
      expect(WIDTH === 256 || software || WIDTH < Math.max(33, dimension / 2)).toBe(true);
      expect(CHUNK).toBeLessThanOrEqual(software ? 64 : 8);
    }
  }
});

test('coordinate w⌈d/4⌉ + j becomes component w of vec4f number j', () => {
  const values = Float32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const packed = pack('u', values, 'array<vec4f>', 10, -1);
  expect([...packed]).toEqual([0, 3, 6, 9, 1, 4, 7, -1, 2, 5, 8, -1]);
  expect([...pack('u', values, 'array<f32>', 10, -1)]).toEqual([...values]);
});

test.each([16, 17, 22, 67])('%i coordinates: every vector of an array is packed on its own', (dimension) => {
  const all = Float32Array.from({ length: 3 * dimension }, (_, i) => i + 1);
  const packed = pack('student', all, 'array<vec4f>', dimension, -7);
  const each = [0, 1, 2].map((k) =>
    pack('student', all.slice(k * dimension, (k + 1) * dimension), 'array<vec4f>', dimension, -7),
  );
  expect(packed.length).toBe(12 * Math.ceil(dimension / 4));
  expect([...packed]).toEqual(each.flatMap((vector) => [...vector]));
  expect(packed.filter((value) => value === -7).length).toBe(packed.length - all.length);
  expect([...packed].filter((value) => value !== -7).sort((a, b) => a - b)).toEqual([...all]);
});

test('vectors of another length are refused by name', () => {
  expect(() => pack('teacher', new Float32Array(33), 'array<vec4f>', 16, 0)).toThrow(
    'array teacher: expected a length that is a multiple of dimension 16, got 33',
  );
});
