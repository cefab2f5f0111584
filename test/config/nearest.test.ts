import { expect, test } from 'vitest';
import { nearestWord } from '../../src/config/nearest.ts';

const keys = ['dimension', 'stepSize', 'batchSize', 'labelNoise', 'dt', 'seed', 'logX'];

test.each([
  ['stepsize', 'stepSize'],
  ['stepSise', 'stepSize'],
  ['stepSzie', 'stepSize'],
  ['step-size', 'stepSize'],
  ['dimensions', 'dimension'],
  ['labelnoise', 'labelNoise'],
  ['sed', 'seed'],
  ['logY', 'logX'],
])('%s is taken for %s', (word, meant) => expect(nearestWord(word, keys)).toBe(meant));

test.each(['colour', 'learningRate', '', 'x'.repeat(1e6)])('nothing is near %#', (word) => {
  expect(nearestWord(word, keys)).toBeUndefined();
});
