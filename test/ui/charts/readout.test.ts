import { describe, expect, test } from 'vitest';
import { nearestKnown } from '../../../src/ui/charts/column.ts';
import { tableRows } from '../../../src/ui/charts/dataTable.ts';
import {
  livePosition,
  presentPositions,
  snapped,
  summaryText,
  valueAt,
  valuesText,
} from '../../../src/ui/charts/readout.ts';
import { sceneOf } from '../../../src/ui/charts/scene.ts';
import { timelineOf } from '../../../src/ui/charts/timeline.ts';
import { recorded, times, type Law } from './fixture.ts';

const saveAt = times(8, 40);
const law: Law = (t) => ({ risk: 2 ** -t, curvature: 1, norm: t, spare: 1 });
const view = { linearY: false, singleRuns: false };

const experiment = recorded(
  { limit: { law }, sgd: { law, recorded: 30 }, sde: { law, recorded: 25 } },
  saveAt,
  { runs: 4 },
);
const pin = { id: 1, label: 'T = 4', experiment: recorded({ sgd: { law } }, times(4, 33), { runs: 4 }) };
const timeline = timelineOf([experiment, pin.experiment], 't', false);
const scene = sceneOf(experiment, [pin], 'risk', timeline, view);

describe('nearestKnown', () => {
  const column = [null, 1, null, null, 2, null];
  test('finds the closest known position and nothing beyond the end', () => {
    expect([0, 1, 2, 3, 4, 5].map((i) => nearestKnown(column, i))).toEqual([1, 1, 1, 4, 4, -1]);
    expect(nearestKnown([null, null], 0)).toBe(-1);
    expect(valueAt(column, 5)).toBeNaN();
  });
});

test('without a crosshair all values belong to the time that every process has reached', () => {
  expect(timeline.x[livePosition(scene)]).toBe(saveAt[24]);
});

test('the crosshair stands at recorded times of the present experiment only', () => {
  expect(presentPositions(scene).map((i) => timeline.x[i])).toEqual([...saveAt]);
  expect(timeline.x[snapped(scene, 1e9)!]).toBe(8);
  const position = snapped(scene, saveAt[11]! * 1.0001)!;
  expect(valuesText(scene, position)).toMatch(/^t = .*: SGD .*, SDE .*, limit /);
  expect(valueAt(scene.curves.at(-1)!.values, position)).toBeCloseTo(2 ** -saveAt[11]!, 12);
});

test('a table has a dozen different rows from the first to the last time', () => {
  const rows = tableRows(scene).map((position) => timeline.x[position]!);
  expect(rows.length).toBeGreaterThan(6);
  expect(rows.length).toBeLessThanOrEqual(12);
  expect(rows[0]).toBe(0);
  expect(rows.at(-1)).toBe(8);
  expect(rows.every((t, i) => i === 0 || t > rows[i - 1]!)).toBe(true);
});

test('the summary tells where each curve goes', () => {
  const text = summaryText(scene);
  expect(text).toContain('population risk R against time t, logarithmic scale.');
  expect(text).toContain('limit goes from 1.00 to 3.91·10⁻³ at t = 8.00');
  const empty = recorded({ sgd: { law, recorded: 0 } }, saveAt);
  expect(summaryText(sceneOf(empty, [], 'risk', timelineOf([empty], 't', false), view))).toContain(
    'No values yet.',
  );
});
