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
  expect(new Pace(4e5).steps).toBe(5);
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

test('a submit beyond 250 ms sets the pace at once, a slightly slow one only in part', () => {
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

test('a step that takes too long is spread over submits of 125 ms', () => {
  const pace = new Pace(1e9);
  expect(pace.pieces).toBe(500);
  // A step takes 3 s, and each submit one piece of it.
  for (let i = 0; i < 12; i++) pace.record(1 / pace.pieces, 3000 / pace.pieces);
  expect([pace.steps, pace.pieces]).toEqual([1, 24]);
  // It becomes fast: fewer pieces, then more steps.
  pace.record(1 / pace.pieces, 0.001 / pace.pieces);
  expect([pace.steps, pace.pieces]).toEqual([1, 13]);
  for (let i = 0; i < 30; i++) pace.record(pace.steps / pace.pieces, 0.49 * (pace.steps / pace.pieces));
  expect([pace.steps, pace.pieces]).toEqual([32, 1]);
});

test('a step between 16 and 250 ms is not cut', () => {
  const pace = new Pace(1e3);
  for (let i = 0; i < 5; i++) pace.record(pace.steps, 200 * pace.steps);
  expect([pace.steps, pace.pieces]).toEqual([1, 1]);
});
