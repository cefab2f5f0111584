import { expect, test } from 'vitest';
import { Pace } from '../../src/engine/pace.ts';

/** Steps per submit after `submits` submits on a device where n steps take time(n) milliseconds. */
function settle(time: (steps: number) => number, submits: number): Pace {
  const pace = new Pace(1000);
  for (let i = 0; i < submits; i++) pace.record(pace.steps, time(pace.steps));
  return pace;
}

test('starts at 8 steps and grows by 4 at most', () => {
  expect(new Pace(1000).steps).toBe(8);
  expect([1, 2, 3].map((n) => settle((steps) => steps * 1e-3, n).steps)).toEqual([32, 128, 512]);
});

test('starts with fewer steps where they are large', () => {
  expect(new Pace(4e4).steps).toBe(6);
  expect(new Pace(1e9).steps).toBe(1);
});

test('settles at 16 ms per submit', () => {
  for (const cost of [0.001, 0.02, 0.5, 3]) {
    const { steps } = settle((n) => n * cost, 30);
    expect(steps * cost).toBeGreaterThan(16 - cost - 1e-9);
    expect(steps * cost).toBeLessThanOrEqual(16 + 1e-9);
  }
});

test('never goes below one step', () => {
  expect(settle((n) => n * 1000, 5).steps).toBe(1);
});

test('a submit beyond 62 ms sets the pace at once, a slightly slow one only in part', () => {
  const slow = settle((n) => n * 0.01, 30);
  slow.record(slow.steps, 0.2 * slow.steps);
  expect(slow.steps).toBe(80);
  const slightly = settle((n) => n * 0.01, 30);
  slightly.record(slightly.steps, 0.02 * slightly.steps);
  expect(slightly.steps).toBeGreaterThan(1000);
});

test('a submit without steps says nothing about their cost', () => {
  const pace = new Pace(1000);
  pace.record(0, 5);
  expect(pace.steps).toBe(8);
});

test('a step that takes too long is spread over submits of 62 ms', () => {
  const pace = new Pace(1e9);
  expect(pace.pieces).toBe(4000);
  // A step takes 3 s, and each submit one piece of it.
  for (let i = 0; i < 12; i++) pace.record(1 / pace.pieces, 3000 / pace.pieces);
  expect([pace.steps, pace.pieces]).toEqual([1, 48]);
  // It becomes fast: fewer pieces, then more steps.
  pace.record(1 / pace.pieces, 0.001 / pace.pieces);
  expect([pace.steps, pace.pieces]).toEqual([1, 25]);
  for (let i = 0; i < 30; i++) pace.record(pace.steps / pace.pieces, 0.49 * (pace.steps / pace.pieces));
  expect([pace.steps, pace.pieces]).toEqual([32, 1]);
});

test('a step between 16 and 125 ms is not cut', () => {
  const pace = new Pace(1e3);
  for (let i = 0; i < 5; i++) pace.record(pace.steps, 120 * pace.steps);
  expect([pace.steps, pace.pieces]).toEqual([1, 1]);
});

test('where the pace varies by a factor of 4 no submit exceeds 250 ms', () => {
  for (const load of [2.7e11, 1e9, 1e7, 1e5, 1000]) {
    const pace = new Pace(load);
    for (let i = 0; i < 200; i++) {
      const steps = Math.min(pace.steps, pace.piece);
      // From 100 to 400 ns, a few submits each, as on a machine that is busy now and then.
      const milliseconds = steps * load * (i % 7 < 3 ? 1e-4 : 4e-4);
      expect(milliseconds).toBeLessThanOrEqual(250);
      pace.record(steps, milliseconds);
    }
    expect(Math.min(pace.steps, pace.piece) * load * 1e-4).toBeGreaterThan(2);
  }
});
