import { expect, test } from 'vitest';
import { normalCumulative } from '../../src/math/gaussian.ts';
import { RandomWords, Ranking, shuffleGroups, stratifiedNormals } from '../../src/math/randomWords.ts';

const counting = (n: number): Uint32Array => Uint32Array.from({ length: n }, (_, i) => i);

test('uniform numbers have the moments of their law; another index gives others, the same index the same', () => {
  const n = 40_000;
  const [a, b, c] = [new RandomWords(5, 8, 0), new RandomWords(5, 8, 1), new RandomWords(5, 8, 0)];
  let [mean, square, product] = [0, 0, 0];
  let same = true;
  for (let i = 0; i < n; i++) {
    const [u, v] = [a.uniform() - 0.5, b.uniform() - 0.5];
    same &&= c.uniform() - 0.5 === u;
    mean += u / n;
    square += (u * u) / n;
    product += (u * v) / n;
  }
  expect(same).toBe(true);
  expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(12 * n));
  expect(Math.abs(square - 1 / 12)).toBeLessThan(4 / Math.sqrt(180 * n));
  expect(Math.abs(product)).toBeLessThan(4 / (12 * Math.sqrt(n)));
});

test('every group takes one normal from each stratum, the last and shorter one too', () => {
  const out = new Float64Array(40);
  const order = counting(40).reverse();
  stratifiedNormals(new RandomWords(1, 2, 3), order, 16, out);
  const strata = (from: number, to: number) =>
    [...out.subarray(from, to)]
      .map((z) => Math.floor((to - from) * normalCumulative(z)))
      .sort((a, b) => a - b);
  expect(strata(24, 40)).toEqual([...counting(16)]);
  expect(strata(8, 24)).toEqual([...counting(16)]);
  expect(strata(0, 8)).toEqual([...counting(8)]);
});

test('shuffling stays within groups and leaves no place preferred', () => {
  const random = new RandomWords(9, 9, 9);
  const counts = new Uint32Array(4);
  const n = 8000;
  let stayed = true;
  for (let k = 0; k < n; k++) {
    const order = counting(6);
    shuffleGroups(random, order, 4);
    counts[order.indexOf(0)]++;
    stayed &&= Math.min(order[4], order[5]) === 4;
  }
  expect(stayed).toBe(true);
  counts.forEach((count) => expect(Math.abs(count - n / 4)).toBeLessThan(4 * Math.sqrt((n * 3) / 16)));
});

test('ranking sorts up to 2⁻¹⁶ of the range, equal keys included', () => {
  const keys = Float64Array.of(3, -1e3, 0.25, 7, 0.25, -2);
  const sorted = [...new Ranking(6).sort(keys)].map((i) => keys[i]);
  expect(sorted).toEqual([...keys].sort((a, b) => a - b));
  expect([...new Ranking(3).sort(Float64Array.of(2, 2, 2))]).toEqual([0, 1, 2]);
});
