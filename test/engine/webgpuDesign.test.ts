import { expect, test } from 'vitest';
import type { Shader } from '../../src/models/model.ts';
import { designOf, endOf, wideShapeOf } from '../../src/engine/webgpuDesign.ts';

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

test.each([
  [1, 64, 5],
  [7, 64, 5],
  [64, 64, 5],
  [130, 64, 5],
  [1e6, 64, 5],
  [3, 1, 7],
])(
  'pieces of %i workgroups, %i for each of %i runs, are rectangles that follow one another',
  (wanted, parts, runs) => {
    const all = parts * runs;
    const ends: number[] = [];
    for (let from = 0; from < all; from = ends.at(-1)!) {
      const to = Math.min(endOf(from, wanted, parts), all);
      expect(to).toBeGreaterThan(from);
      expect(to - from).toBeLessThanOrEqual(wanted);
      const inOneRun = Math.floor(from / parts) === Math.floor((to - 1) / parts);
      expect(inOneRun || (from % parts === 0 && to % parts === 0)).toBe(true);
      ends.push(to);
    }
    expect(ends.at(-1)).toBe(all);
  },
);

test('a step of several entry points is cut so that each is over before the next', () => {
  const shader = {
    wide: { step: ['predict', 'correct'], rows: () => 8, record: () => 0.25 },
    maxDimension: 0,
  } as unknown as Shader;
  const design = designOf(shader, { dimension: 1000, runs: 3 }, { software: false, most: 1e9 })!;
  const common = { step: 0, steps: 1, t: 0, dt: 1, end: 1 };
  const of = design.units(common);
  expect(of).toBe(3 * 2 * 3 + 3);
  const seen: string[] = [];
  for (let from = 0, to: number; from < of; from = to) {
    to = design.cut(common, from, 5);
    const { part, run, calls } = design.calls({ ...common, from, to, of });
    seen.push(`${part},${run}: ${calls.map(({ entry, x, y }) => `${entry} ${x}×${y}`).join(', ')}`);
  }
  expect(seen).toEqual([
    '0,0: predict 2×2',
    '0,2: predict 2×1',
    '0,0: correct 2×2',
    '0,2: correct 2×1',
    '0,0: measure 2×2',
    '0,2: measure 2×1',
    '0,0: conclude 1×3',
  ]);
});
