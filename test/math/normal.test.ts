import { expect, test } from 'vitest';
import { fillNormals, normalAt } from '../../src/math/normal.ts';
import { streams, threefry } from '../../src/math/threefry.ts';

const dimension = 1 << 16;

function draw(seed: number, stream: number, step: number, run: number, sample = 0): Float64Array {
  const out = new Float64Array(dimension);
  fillNormals(out, dimension, seed, stream, step, run, sample);
  return out;
}

function mean(values: Float64Array, of: (x: number) => number): number {
  return values.reduce((sum, x) => sum + of(x), 0) / values.length;
}

test('follows Box–Muller with the built-in functions', () => {
  const words = new Uint32Array(4);
  const out = new Float64Array(4);
  let worst = 0;
  for (let step = 0; step < 20000; step++) {
    threefry(words, 0, step, 3, streams.features, 7, 0, 2, 0);
    fillNormals(out, 4, 7, streams.features, step, 3, 2);
    for (const first of [0, 2]) {
      const [u, v] = [words[first]!, words[first + 1]!].map(
        (w) => Math.fround(Math.fround(w) + 0.5) * 2 ** -32,
      );
      const r = Math.sqrt(-2 * Math.log(u!));
      worst = Math.max(worst, Math.abs(out[first]! - r * Math.cos(2 * Math.PI * v!)));
      worst = Math.max(worst, Math.abs(out[first + 1]! - r * Math.sin(2 * Math.PI * v!)));
    }
  }
  expect(worst).toBeLessThan(5e-8);
});

test('moments are those of N(0, 1) within 4.5 standard errors', () => {
  const error = 1 / Math.sqrt(dimension);
  for (const seed of [1, 2, 4294967295]) {
    const x = draw(seed, streams.features, 5, 0);
    expect(Math.abs(mean(x, (v) => v))).toBeLessThan(4.5 * error);
    expect(Math.abs(mean(x, (v) => v ** 2) - 1)).toBeLessThan(4.5 * error * Math.sqrt(2));
    expect(Math.abs(mean(x, (v) => v ** 3))).toBeLessThan(4.5 * error * Math.sqrt(15));
    expect(Math.abs(mean(x, (v) => v ** 4) - 3)).toBeLessThan(4.5 * error * Math.sqrt(96));
  }
});

test('tail beyond 3 has the mass of the normal law', () => {
  const mass = 0.0026997960632601866;
  let count = 0;
  const draws = 16;
  for (let step = 0; step < draws; step++) {
    for (const x of draw(11, streams.brownian, step, 0)) if (Math.abs(x) > 3) count++;
  }
  const expected = mass * draws * dimension;
  expect(Math.abs(count - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
});

test('seeds, streams, steps, runs, samples and coordinates are uncorrelated', () => {
  const base = draw(1, streams.features, 1, 1, 1);
  const others = [
    draw(2, streams.features, 1, 1, 1),
    draw(1, streams.brownian, 1, 1, 1),
    draw(1, streams.features, 2, 1, 1),
    draw(1, streams.features, 1, 2, 1),
    draw(1, streams.features, 1, 1, 2),
    base.subarray(1),
    base.subarray(dimension / 4),
    base.subarray(dimension / 2),
  ];
  for (const other of others) {
    const sum = other.reduce((s, x, i) => s + x * base[i]!, 0);
    expect(Math.abs(sum)).toBeLessThan(4.5 * Math.sqrt(other.length));
  }
});

test('coordinate w⌈d/4⌉ + j is word w of block j, also when d is not a multiple of 4', () => {
  const blocks = 3;
  const out = new Float64Array(4 * blocks);
  fillNormals(out, 10, 5, streams.initial, 1, 2, 0);
  const block = new Float64Array(4 * blocks);
  fillNormals(block, 4 * blocks, 5, streams.initial, 1, 2, 0);
  expect(out).toEqual(block);
  const first = new Float64Array(4);
  fillNormals(first, 4, 5, streams.initial, 1, 2, 0);
  expect([...first]).toEqual([0, 1, 2, 3].map((w) => out[w * blocks]));
});

test('a single normal is the first one of block 0', () => {
  const out = new Float64Array(4);
  fillNormals(out, 4, 9, streams.labelNoise, 8, 7, 6);
  expect(normalAt(9, streams.labelNoise, 8, 7, 6)).toBe(out[0]);
});
