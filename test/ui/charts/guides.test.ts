import { expect, test } from 'vitest';
import type { AnyModel } from '../../../src/models/model.ts';
import { guidesOf } from '../../../src/ui/charts/guides.ts';
import type { Recorded } from '../../../src/ui/charts/pin.ts';
import { timelineOf } from '../../../src/ui/charts/timeline.ts';
import { model, recorded, times, type Law } from './fixture.ts';

const saveAt = times(4, 30);
const law: Law = (t) => ({ risk: Math.exp(-t), curvature: 1, norm: t, spare: 1 });

/** The experiment with other readouts, and how often they were asked for. */
function withReadouts(
  experiment: Recorded,
  readouts: AnyModel['readouts'],
): { experiment: Recorded; asked: number } {
  const counted = {
    asked: 0,
    experiment: {
      ...experiment,
      model: {
        ...model,
        readouts: ((config, limit) => {
          counted.asked++;
          return readouts(config, limit);
        }) satisfies AnyModel['readouts'],
      },
    },
  };
  return counted;
}

const solved = recorded({ limit: { law } }, saveAt, { dimension: 64 });

test('a curve is drawn at every time of the axis, in any unit; a level is horizontal', () => {
  const { experiment } = withReadouts(solved, () => [
    { observable: 'risk', label: 'decay', doc: '', level: (t) => Math.exp(-t), guaranteed: true },
    { observable: 'risk', label: 'level', doc: '', level: 0.5 },
    { observable: 'norm', label: 'other', doc: '', level: 1 },
  ]);
  const timeline = timelineOf([experiment], 'iterations', false);
  const [decay, level, ...rest] = guidesOf(experiment, 'risk', timeline, true);
  expect(rest).toEqual([]);
  decay!.values.forEach((value, i) => expect(value).toBeCloseTo(Math.exp(-timeline.x[i]! / 64), 12));
  expect(decay).toMatchObject({ label: 'decay', level: undefined, guaranteed: true });
  expect(new Set(level!.values)).toEqual(new Set([0.5]));
  expect(level).toMatchObject({ label: 'level = 0.500', level: 0.5, guaranteed: false });
});

test('what a log axis cannot show is left out', () => {
  const { experiment } = withReadouts(solved, () => [
    { observable: 'risk', label: 'line', doc: '', level: (t) => 1 - t },
    { observable: 'risk', label: 'zero', doc: '', level: 0 },
    { observable: 'risk', label: 'unknown', doc: '', level: NaN },
  ]);
  const timeline = timelineOf([experiment], 't', false);
  for (const { values } of guidesOf(experiment, 'risk', timeline, true)) {
    expect(values.filter((value) => value !== null && !(value > 0))).toEqual([]);
  }
  expect(guidesOf(experiment, 'risk', timeline, false)[1]!.values).not.toContain(null);
});

test('readouts get the limit once it is solved, and are asked once for each state', () => {
  const readouts: AnyModel['readouts'] = (_, limit) => [
    {
      observable: 'risk',
      label: limit ? 'solved' : 'open',
      doc: '',
      level: limit ? limit.column('risk').at(-1)! : 1,
    },
  ];
  for (const [count, label, level] of [
    [10, 'open = 1.00', 1],
    [100, 'solved = 0.0183', Math.exp(-4)],
  ] as const) {
    const counted = withReadouts(recorded({ limit: { law, recorded: count } }, saveAt), readouts);
    const timeline = timelineOf([counted.experiment], 't', false);
    for (let i = 0; i < 3; i++) {
      const [guide] = guidesOf(counted.experiment, 'risk', timeline, true);
      expect(guide).toMatchObject({ label, level });
    }
    expect(counted.asked).toBe(1);
  }
});

test('a time is a vertical guide, in any unit, where the axis has it', () => {
  const { experiment } = withReadouts(solved, () => [
    { observable: 'risk', label: 'escape', doc: '', level: { time: 1.5 } },
    { observable: 'risk', label: 'start', doc: '', level: { time: 0 } },
    { observable: 'risk', label: 'never', doc: '', level: { time: Infinity } },
    { observable: 'risk', label: 'unknown', doc: '', level: { time: NaN } },
  ]);
  const named = (log: boolean) =>
    guidesOf(experiment, 'risk', timelineOf([experiment], 'iterations', log), false);
  const [escape, ...others] = named(false);
  expect(escape).toMatchObject({ label: 'escape = 1.50', level: undefined, x: 96 });
  expect(escape!.values.every((value) => value === null)).toBe(true);
  expect(others.map(({ label }) => label)).toEqual(['start = 0']);
  expect(named(true).map(({ label }) => label)).toEqual(['escape = 1.50']);
});
