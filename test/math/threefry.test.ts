import { expect, test } from 'vitest';
import { streams, threefry } from '../../src/math/threefry.ts';
import { normalAt } from '../../src/math/normal.ts';
import { knownAnswers } from './knownAnswers.ts';

test.each(knownAnswers)('known answer of counter $counter', ({ counter, key, words }) => {
  const out = new Uint32Array(4);
  threefry(out, ...counter, ...key);
  expect([...out]).toEqual(words);
});

test('every counter and key word changes all four words', () => {
  const zero = new Uint32Array(4);
  threefry(zero, 0, 0, 0, 0, 0, 0, 0, 0);
  for (let position = 0; position < 8; position++) {
    const [c0, c1, c2, c3, k0, k1, k2, k3] = Array.from({ length: 8 }, (_, i) => (i === position ? 1 : 0));
    const out = new Uint32Array(4);
    threefry(out, c0!, c1!, c2!, c3!, k0!, k1!, k2!, k3!);
    for (let word = 0; word < 4; word++) expect(out[word]).not.toBe(zero[word]);
  }
});

test('streams are distinct', () => {
  const numbers = Object.values(streams);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(new Set(numbers.map((stream) => normalAt(1, stream, 0, 0, 0))).size).toBe(numbers.length);
});
