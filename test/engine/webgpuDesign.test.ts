import { expect, test } from 'vitest';
import { wideShapeOf } from '../../src/engine/webgpuDesign.ts';

test('many workgroups per run: powers of two, 2 … 64, at most 64 serial terms', () => {
  for (const software of [false, true]) {
    for (const dimension of [16, 8193, 12000, 65536, 262144]) {
      const { WIDTH, PARTS } = wideShapeOf(dimension, software);
      expect(Number.isInteger(Math.log2(PARTS))).toBe(true);
      expect(PARTS).toBeGreaterThanOrEqual(2);
      expect(PARTS).toBeLessThanOrEqual(64);
      expect(dimension / 4 / (WIDTH * PARTS)).toBeLessThanOrEqual(64);
    }
  }
  expect(wideShapeOf(1048576, false)).toEqual({ WIDTH: 256, PARTS: 64 });
});
