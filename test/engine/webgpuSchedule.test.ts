import { expect, test } from 'vitest';
import { reached, Schedule, timeOfStep, type Layout } from '../../src/engine/webgpuSchedule.ts';
import type { Segment } from '../../src/models/model.ts';

const plan: Segment[] = [
  { step: 0, steps: 0, t: 0, dt: 0, end: 0 },
  { step: 0, steps: 10, t: 0, dt: 0.1, end: 1 },
  { step: 10, steps: 5, t: 1, dt: 0.2, end: 2 },
  { step: 15, steps: 0, t: 2, dt: 0.2, end: 2 },
];

const layout: Layout = {
  longest: 1,
  prepares: true,
  units: ({ steps }) => 8 * (steps + 1),
  cut: (_work, from, wanted) => from + wanted,
};

test.each([1, 2, 3, 7, 10, 100])('%i steps at a time cover the plan once, in order', (steps) => {
  const schedule = new Schedule(plan);
  const ends: number[] = [];
  let step = 0;
  while (!schedule.done) {
    const dispatches = schedule.take(steps, { dispatches: 50, records: 50 });
    expect(dispatches.reduce((sum, d) => sum + d.steps, 0)).toBeLessThanOrEqual(steps);
    expect(dispatches.length).toBeGreaterThan(0);
    for (const dispatch of dispatches) {
      expect(dispatch.step).toBe(step);
      const t = dispatch.steps > 0 ? timeOfStep(plan, step) : dispatch.end;
      expect(dispatch.t).toBeCloseTo(t!, 12);
      if (dispatch.end !== undefined) ends.push(dispatch.end);
      step += dispatch.steps;
    }
  }
  expect(step).toBe(15);
  expect(ends).toEqual([0, 1, 2, 2]);
});

test('at most `count` dispatches at once', () => {
  const schedule = new Schedule(plan);
  expect(schedule.take(100, { dispatches: 2, records: 2 }).map(({ end }) => end)).toEqual([0, 1]);
  expect(schedule.take(100, { dispatches: 2, records: 2 }).map(({ end }) => end)).toEqual([2, 2]);
  expect(schedule.done).toBe(true);
});

test('with at most one step per dispatch, a copy starts with one that takes none, where it stands', () => {
  const schedule = new Schedule(plan, { ...layout, units: () => 1 });
  const most = { dispatches: 50, records: 50 };
  const steps = schedule.take(12, most).map(({ step, steps: now }) => [step, now]);
  expect(steps.slice(0, 4)).toEqual([
    [0, 0],
    [0, 0],
    [0, 1],
    [1, 1],
  ]);
  // To prepare counts as a step.
  expect(steps.at(-1)).toEqual([10, 1]);
  const copy = schedule.copy();
  expect(copy.take(2, most).map(({ step, steps: now, end }) => [step, now, end])).toEqual([
    [11, 0, undefined],
    [11, 1, undefined],
  ]);
  expect(schedule.take(1, most).map(({ step }) => step)).toEqual([11]);
});

test('a step that is cut is taken piece by piece, one at a time, and ends with the last', () => {
  const schedule = new Schedule(plan, layout);
  const most = { dispatches: 50, records: 50 };
  const take = (pieces: number) => {
    const dispatches = schedule.take(1, most, 1 / pieces);
    expect(dispatches).toHaveLength(1);
    const [dispatch] = dispatches;
    const { step, steps, from, to, of } = dispatch!;
    expect(schedule.between).toBe(to === of);
    return [step, steps, `${from}–${to} of ${of}`, reached(dispatch!)];
  };
  expect([take(2), take(2), take(2), take(4), take(4)]).toEqual([
    [0, 0, '0–4 of 8', undefined],
    [0, 0, '4–8 of 8', undefined],
    [0, 0, '0–1 of 1', 0],
    [0, 1, '0–4 of 16', undefined],
    [0, 1, '4–8 of 16', undefined],
  ]);
  // The pace may change in the middle of a step.
  expect([take(8), take(1), take(1)]).toEqual([
    [0, 1, '8–10 of 16', undefined],
    [0, 1, '10–16 of 16', undefined],
    [1, 1, '0–1 of 1', undefined],
  ]);
  schedule.take(7, most);
  expect([take(2), take(2), take(2)]).toEqual([
    [9, 1, '0–8 of 16', undefined],
    [9, 1, '8–16 of 16', 1],
    [10, 1, '0–8 of 16', undefined],
  ]);
});

test('what is large to prepare or to record comes alone, in pieces', () => {
  const sizes = { prepare: 20, record: 8 };
  const schedule = new Schedule(plan, { ...layout, longest: Infinity, sizes });
  const most = { dispatches: 50, records: 50 };
  const take = (steps: number, piece: number) => {
    const dispatches = schedule.take(steps, most, piece);
    const each = dispatches.map(
      ({ steps: own, from, to, of, end }) => `${own}, ${from}–${to} of ${of}, ${end}`,
    );
    return [schedule.size(dispatches), ...each];
  };
  expect([take(3, 10), take(3, 10), take(3, 10)]).toEqual([
    [10, '0, 0–4 of 8, undefined'],
    [10, '0, 4–8 of 8, undefined'],
    [8, '0, 0–1 of 1, 0'],
  ]);
  // The last two steps of the segment would be 10 with the record, and come alone after others.
  expect([take(8, 9), take(8, 9), take(8, 9)]).toEqual([
    [8, '8, 0–1 of 1, undefined'],
    [5, '2, 0–12 of 24, 1'],
    [5, '2, 12–24 of 24, 1'],
  ]);
  expect(take(100, 1000)).toEqual([21, '5, 0–1 of 1, 2', '0, 0–1 of 1, 2']);
});

test('at most so many recorded times at once', () => {
  const schedule = new Schedule(plan);
  const most = { dispatches: 50, records: 1 };
  expect(schedule.take(100, most).map(({ end }) => end)).toEqual([0]);
  expect(schedule.take(4, most).map(({ end }) => end)).toEqual([undefined]);
  expect(schedule.take(100, most).map(({ end }) => end)).toEqual([1]);
});

test('the time of a step is found in its segment', () => {
  expect(timeOfStep(plan, 0)).toBe(0);
  expect(timeOfStep(plan, 9)).toBeCloseTo(0.9, 12);
  expect(timeOfStep(plan, 12)).toBeCloseTo(1.4, 12);
  expect(() => timeOfStep(plan, 15)).toThrow('got 15');
});
