import { describe, expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { viewParameters } from '../../../src/config/view.ts';
import {
  pinsDiffer,
  scenesOf,
  shownObservables,
  started,
  toggled,
  viewsDiffer,
} from '../../../src/ui/charts/display.ts';
import { model, recorded, times, type Law } from './fixture.ts';

const saveAt = times(4, 50);
const law: Law = (t) => ({ risk: Math.exp(-t), curvature: 1, norm: t, spare: 1 });
const view = defaultsOf(viewParameters);

describe('a new experiment replaces the previous one', () => {
  const at = (count: number) =>
    recorded({ limit: { law, recorded: 0 }, sgd: { law, recorded: count } }, saveAt);

  test('at once when a fifth of a curve is there, later with two frames', () => {
    expect([1, 5, 11].map((count) => started(at(count), 0))).toEqual([false, false, true]);
    expect([0, 1, 2].map((count) => started(at(count), 1000))).toEqual([false, false, true]);
  });

  test('with all its processes, whatever the limit has', () => {
    const some = (sgd: number, sde: number) =>
      recorded({ limit: { law }, sgd: { law, recorded: sgd }, sde: { law, recorded: sde } }, saveAt);
    expect([0, 2].map((sgd) => started(some(sgd, 0), 1000))).toEqual([false, true]);
    expect(started(some(20, 5), 0)).toBe(false);
    expect(started(some(51, 11), 0)).toBe(true);
  });

  test('when nothing more will come', () => {
    const { sources, ...rest } = at(0);
    const failed = { ...rest, sources: sources.map((source) => ({ ...source, status: 'failed' as const })) };
    expect(started(failed, 0)).toBe(true);
  });
});

describe('observables shown', () => {
  test('are the model’s own, or those asked for, in the order of the model', () => {
    expect(shownObservables(model, view)).toEqual(['risk', 'curvature']);
    expect(shownObservables(model, { ...view, show: ['norm', 'nonsense', 'risk'] })).toEqual([
      'risk',
      'norm',
    ]);
  });

  test('switch on and off; the last one stays; the default is written as empty', () => {
    expect(toggled(model, ['risk', 'curvature'], 'norm')).toEqual(['risk', 'curvature', 'norm']);
    expect(toggled(model, ['risk', 'norm'], 'risk')).toEqual(['norm']);
    expect(toggled(model, ['risk'], 'risk')).toBeUndefined();
    expect(toggled(model, ['risk', 'curvature', 'norm'], 'norm')).toEqual([]);
  });

  test('share one timeline, without pins of other models', () => {
    const experiment = recorded({ limit: { law } }, saveAt);
    const other = { ...recorded({ sgd: { law } }, times(9, 7)), model: { ...model, name: 'other' } };
    const [risk, norm] = scenesOf(
      experiment,
      [{ id: 1, label: '', experiment: other }],
      ['risk', 'norm'],
      view,
    );
    expect(risk!.timeline).toBe(norm!.timeline);
    expect(risk!.timeline.x).toEqual([...saveAt]);
    expect(risk!.curves.map(({ pin }) => pin)).toEqual([-1]);
  });
});

test('equal copies of view and pins are no change', () => {
  const pin = { id: 1, label: 'γ = 1', experiment: recorded({ sgd: { law } }, saveAt) };
  expect(viewsDiffer({ ...view }, view)).toBe(false);
  expect(viewsDiffer({ ...view, engine: 'cpu' }, view)).toBe(false);
  expect(viewsDiffer({ ...view, logX: true }, view)).toBe(true);
  expect(viewsDiffer(view, undefined)).toBe(true);
  expect(pinsDiffer([{ ...pin }], [pin])).toBe(false);
  expect(pinsDiffer([{ ...pin, label: 'γ = 2' }], [pin])).toBe(true);
  expect(pinsDiffer([], [pin])).toBe(true);
});
