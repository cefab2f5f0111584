import { describe, expect, test } from 'vitest';
import { labelsOf, placeBeside, type Box } from '../../../src/ui/charts/labels.ts';
import { sceneOf, type Scene } from '../../../src/ui/charts/scene.ts';
import { timelineOf } from '../../../src/ui/charts/timeline.ts';
import { recorded, times, type Law } from './fixture.ts';

const area: Box = { left: 0, top: 0, width: 200, height: 100 };
const size = { width: 40, height: 10 };

function overlap(a: Box, b: Box): boolean {
  return (
    a.left < b.left + b.width &&
    b.left < a.left + a.width &&
    a.top < b.top + b.height &&
    b.top < a.top + a.height
  );
}

function inside({ left, top, width, height }: Box): boolean {
  return left >= 0 && top >= 0 && left + width <= area.width && top + height <= area.height;
}

describe('placeBeside', () => {
  const line = Array.from({ length: 50 }, (_, i) => ({ x: 4 * i, y: 2 * i }));

  test('stands inside the area and on no obstacle where that is possible', () => {
    const block = { left: 0, top: 0, width: 116, height: 100 };
    const obstacles = Array.from({ length: 600 }, (_, i) => ({ x: (i % 30) * 4, y: Math.floor(i / 30) * 5 }));
    const box = placeBeside(line, [...line, ...obstacles], size, area)!;
    expect(inside(box)).toBe(true);
    expect(overlap(box, block)).toBe(false);
  });

  test('is undefined where the text does not fit', () => {
    expect(placeBeside(line, [], { width: 300, height: 10 }, area)).toBeUndefined();
    expect(placeBeside([], [], size, area)).toBeUndefined();
  });
});

describe('labelsOf', () => {
  const law: Law = () => ({ risk: 0.01, curvature: 1, norm: 1, spare: 1 });
  const sgd = { law, blowUp: () => 3 };
  const experiment = recorded({ sgd, limit: { law } }, times(4, 20), { runs: 2 });
  const timeline = timelineOf([experiment], 't', false);
  const scene = sceneOf(experiment, [], 'curvature', timeline, { linearY: false, singleRuns: false });
  const labels = (min: number, max: number, shown: Scene = scene, character = 1) =>
    labelsOf(
      { ...shown, y: { range: { min, max }, log: false } },
      { x: (t) => (t / 4) * area.width, y: (v) => area.height * (1 - (v - min) / (max - min)) },
      area,
      10,
      (text) => character * text.length,
    );

  test('a level is named on its line, or with an arrow at the border', () => {
    const [on] = labels(0, 10);
    expect(on).toMatchObject({ text: 'stability edge 2B/γ = 4.00', kind: 'guide' });
    expect(on!.top + on!.height).toBeLessThanOrEqual(60);
    expect(labels(0, 2)[0]).toMatchObject({ text: '↑ stability edge 2B/γ = 4.00', top: 4 });
    expect(labels(5, 9)[0]!.text).toBe('↓ stability edge 2B/γ = 4.00');
    for (const [min, max] of [
      [0, 10],
      [0, 4.01],
      [3.99, 9],
      [0, 2],
      [5, 9],
    ] as const) {
      expect(labels(min, max).filter((label) => !inside(label))).toEqual([]);
    }
  });

  test('a level is named where no curve is in the way', () => {
    const limit = scene.curves.find(({ kind }) => kind === 'limit')!;
    const rising = { ...limit, values: timeline.x.map((t) => t) };
    const [edge] = labels(0, 4.01, { ...scene, curves: [rising] });
    expect(edge!.left).toBeLessThan(100);
    const flat = timeline.x.map(() => 1);
    const banded = { ...limit, values: flat, band: { low: flat, high: rising.values, of: 'runs' } as const };
    expect(labels(0, 4.01, { ...scene, curves: [banded] })[0]!.left).toBeLessThan(100);
  });

  test('divergences are named in one column beside their lines, inside the chart', () => {
    const named = labels(0, 10).find(({ kind }) => kind === 'divergence')!;
    expect(named.text).toBe('SGD: 2 of 2 runs diverged, the first at t = 3');
    expect(named.left > 150 || named.left + named.width < 150).toBe(true);
    expect(inside(named)).toBe(true);
    const [short] = labels(0, 10, scene, 4).filter(({ kind }) => kind === 'divergence');
    expect(short!.text).toBe('SGD 2/2 from 3');
    expect(inside(short!)).toBe(true);
  });

  test('divergences are named below curves that pass at the top', () => {
    const limit = scene.curves.find(({ kind }) => kind === 'limit')!;
    const high = { ...limit, values: timeline.x.map(() => 9.5) };
    const [top, below] = [[], [high]].map(
      (curves) => labels(0, 10, { ...scene, curves }).find(({ kind }) => kind === 'divergence')!.top,
    );
    expect(top).toBe(4);
    expect(below).toBeGreaterThan(8);
  });

  const guide = { level: undefined, x: undefined, guaranteed: false, values: timeline.x.map(() => null) };

  test('a time is named beside its line, or with an arrow at the border', () => {
    const at = (x: number) =>
      labels(0, 10, { ...scene, divergences: [], guides: [{ ...guide, x, label: 'escape' }] })[0]!;
    expect(at(2)).toMatchObject({ text: 'escape', left: 104 });
    expect(at(3.9).left + at(3.9).width).toBe(191);
    expect(at(9)).toMatchObject({ text: '→ escape', left: 188 });
    for (const x of [0, 2, 3.9, 9]) expect(inside(at(x))).toBe(true);
  });

  test('words stand neither on curves nor on each other where there is room', () => {
    const limit = scene.curves.find(({ kind }) => kind === 'limit')!;
    const crossing = [1, 3, 5, 7].map((from) => ({
      ...limit,
      values: timeline.x.map((t) => from + 0.1 * t),
    }));
    const level = (value: number) => ({
      ...guide,
      label: `level ${value}`,
      level: value,
      values: timeline.x.map(() => value),
    });
    const guides = [level(3.2), level(3.3), level(9), { ...guide, x: 2, label: 'escape' }];
    const named = labels(0, 10, { ...scene, curves: crossing, guides });
    expect(named.length).toBe(5);
    for (const [i, box] of named.entries()) {
      expect(named.filter((other, k) => k !== i && overlap(box, other))).toEqual([]);
    }
    const free = labels(0, 10, {
      ...scene,
      divergences: [],
      curves: [(t: number) => (t < 1 || t > 3 ? 6 : 20), () => 4.8].map((of) => ({
        ...limit,
        values: timeline.x.map(of),
      })),
      guides: [level(5.5)],
    });
    expect(free[0]!.left).toBeGreaterThan(45);
    expect(free[0]!.left + free[0]!.width).toBeLessThan(190);
  });
});
