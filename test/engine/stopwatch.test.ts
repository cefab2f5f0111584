import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Stopwatch } from '../../src/engine/stopwatch.ts';

let time = 0;
beforeEach(() => void vi.spyOn(performance, 'now').mockImplementation(() => 1000 * time));
afterEach(() => vi.restoreAllMocks());

test('pauses do not count, nor what comes after the end', () => {
  const watch = new Stopwatch();
  watch.start();
  time += 2;
  watch.pause();
  time += 10;
  watch.pause();
  expect([watch.seconds, watch.sinceStart]).toEqual([2, 12]);
  watch.resume();
  watch.resume();
  time += 3;
  expect([watch.seconds, watch.sinceStart]).toEqual([5, 15]);
  watch.stop();
  time += 7;
  watch.stop();
  expect([watch.seconds, watch.sinceStart]).toEqual([5, 22]);
});

test('what is paused before the start begins to count when it goes on', () => {
  const watch = new Stopwatch();
  watch.pause();
  time += 4;
  watch.start();
  time += 6;
  expect(watch.seconds).toBe(0);
  watch.resume();
  time += 1;
  expect(watch.seconds).toBe(1);
});
