import { describe, expect, test } from 'vitest';
import type { Pin } from '../../../src/ui/charts/pin.ts';
import { livePosition, timeText, valueText } from '../../../src/ui/charts/readout.ts';
import { sceneOf, type Scene } from '../../../src/ui/charts/scene.ts';
import { nearest, timelineOf } from '../../../src/ui/charts/timeline.ts';
import { recorded, times, type Law } from './fixture.ts';

const saveAt = times(10, 60);
const decay: Law = (t, run) => {
  const value = Math.exp(-t) * (1 + 0.1 * run);
  return { risk: value, curvature: 1 + value, norm: 1 - value, spare: t === 0 ? 0 : value };
};
const plain = { linearY: false, singleRuns: false };

function chart(
  experiment: ReturnType<typeof recorded>,
  observable = 'risk',
  { log = false, view = plain, pins = [] as readonly Pin[] } = {},
): Scene {
  const timeline = timelineOf([experiment, ...pins.map((pin) => pin.experiment)], 't', log);
  return sceneOf(experiment, pins, observable, timeline, view);
}

const values = (scene: Scene) =>
  scene.curves.flatMap(({ values: column, band, runs }) =>
    [column, ...(band ? [band.low, band.high] : []), ...runs].flatMap((c) => c.filter((v) => v !== null)),
  );

describe('timeline', () => {
  const experiment = recorded({ sgd: { law: decay }, limit: { law: decay } }, saveAt, { dimension: 100 });

  test('units are multiples of t', () => {
    expect(timelineOf([experiment], 't', false).range).toEqual({ min: 0, max: 10 });
    expect(timelineOf([experiment], 'iterations', false).range.max).toBeCloseTo(1000, 9);
    expect(timelineOf([experiment], 'samples', false).range.max).toBeCloseTo(2000, 9);
    const visited = { ...experiment, model: { ...experiment.model, epoch: () => 0.25 } };
    const epochs = timelineOf([visited], 'epochs', false);
    expect(epochs.range.max / timelineOf([experiment], 't', false).range.max).toBeCloseTo(4, 12);
    expect(timelineOf([experiment], 'epochs', false).unit).toBe('t');
  });

  test('a log axis starts at the first positive time', () => {
    const { x, range } = timelineOf([experiment], 't', true);
    expect(x.length).toBe(60);
    expect(x[0]).toBe(range.min);
    expect(range.min).toBe(saveAt[1]);
  });

  test('times of a pin are merged in order, without a copy of common ones', () => {
    const pin = recorded({ sgd: { law: decay } }, times(20, 60), { dimension: 50 });
    const { x, range, positions } = timelineOf([experiment, pin], 't', false);
    expect(range.max).toBe(10);
    expect(x.every((value, i) => i === 0 || value > x[i - 1]!)).toBe(true);
    expect(x.length).toBe(new Set([...saveAt, ...times(20, 60)]).size);
    for (const { trajectory } of [...experiment.sources, ...pin.sources]) {
      positions.get(trajectory)!.forEach((position, i) => expect(x[position]).toBe(trajectory.t[i]));
    }
  });

  test('a linear axis ends at twice the last divergence once no curve goes on', () => {
    const sgd = { law: decay, blowUp: (run: number) => [1, 2, 3, NaN][run]! };
    const end = (curves: Parameters<typeof recorded>[0], log = false) =>
      timelineOf([recorded(curves, saveAt, { runs: 4 })], 't', log).range.max;
    const limit = { law: decay, blowUp: () => 0.5 };
    expect(end({ sgd, limit })).toBe(4);
    expect(end({ sgd, limit }, true)).toBe(10);
    expect(end({ sgd, limit, flow: { law: decay } })).toBe(10);
    expect(end({ sgd: { ...sgd, blowUp: (run) => (run > 1 ? 1 : NaN) }, limit })).toBe(2);
    expect(end({ sgd: { ...sgd, blowUp: (run) => (run > 2 ? 1 : NaN) }, limit })).toBe(10);
  });

  test('nearest is the closest time on the axis as drawn', () => {
    const linear = { x: [1, 10, 100], log: false };
    expect([-5, 1, 5, 6, 54, 56, 1000].map((v) => nearest(linear, v))).toEqual([0, 0, 0, 1, 1, 2, 2]);
    expect([0, 3, 4, 31, 32].map((v) => nearest({ ...linear, log: true }, v))).toEqual([0, 0, 1, 1, 2]);
    expect(nearest({ x: [], log: false }, 1)).toBe(-1);
  });
});

describe('scene', () => {
  test('medians and bands are the quantiles over runs at the recorded times', () => {
    const scene = chart(recorded({ sgd: { law: decay } }, saveAt, { runs: 11 }), 'norm');
    const [curve] = scene.curves;
    saveAt.forEach((t, i) => {
      expect(curve!.values[i]).toBeCloseTo(1 - Math.exp(-t) * 1.5, 12);
      expect(curve!.band!.low[i]).toBeCloseTo(1 - Math.exp(-t) * 1.9, 12);
      expect(curve!.band!.high[i]).toBeCloseTo(1 - Math.exp(-t) * 1.1, 12);
    });
  });

  test('a single run has no band; limits are drawn last', () => {
    const scene = chart(recorded({ limit: { law: decay }, sgd: { law: decay } }, saveAt, { runs: 1 }));
    expect(scene.curves.map(({ kind, band }) => [kind, band])).toEqual([
      ['process', undefined],
      ['limit', undefined],
    ]);
  });

  test('nothing on a log axis is zero, negative or infinite', () => {
    const hostile: Law = (t, run) => {
      const all = [0, -1, Infinity, 1e-20, 1e-5, NaN];
      const value = all[(run + Math.round(t * 7)) % all.length]!;
      return { risk: value, curvature: value, norm: value, spare: value };
    };
    const experiment = recorded({ sgd: { law: hostile }, limit: { law: hostile } }, saveAt, { runs: 6 });
    const scene = chart(experiment, 'risk', { log: true, view: { linearY: false, singleRuns: true } });
    const drawn = values(scene);
    expect(drawn.length).toBeGreaterThan(0);
    for (const value of drawn) {
      expect(value).toBeGreaterThanOrEqual(scene.y.range.min);
      expect(value).toBeLessThan(Infinity);
    }
    expect(scene.y.range.min).toBeGreaterThan(0);
    expect(scene.timeline.x[0]).toBeGreaterThan(0);
  });

  test('a process ends where it falls below its precision, without a divergence; a limit goes on', () => {
    const fast: Law = (t) => ({ risk: 10 ** (-10 * t), curvature: 1, norm: 10 ** (-10 * t), spare: 0 });
    const all = recorded({ sgd: { law: fast }, sde: { law: fast }, limit: { law: fast } }, saveAt, {
      runs: 4,
    });
    const scene = chart(all, 'risk', { view: { linearY: false, singleRuns: true } });
    const [sgd, sde, limit] = scene.curves;
    for (const [curve, end] of [
      [sgd!, 2.5],
      [sde!, 1.3],
    ] as const) {
      const inside = saveAt.findLastIndex((t) => t <= end);
      for (const column of [curve.values, ...curve.runs])
        expect(column.findLastIndex((value) => value !== null)).toBe(inside);
      expect([curve.sunk, curve.stop]).toEqual([inside, undefined]);
      expect(valueText(curve, inside + 1)).toBe('below precision');
    }
    expect(limit!.sunk).toBeUndefined();
    expect(valueText(limit!, saveAt.length - 1)).toBe('1.00·10⁻¹⁰⁰');
    // An axis of 100 decades would show nothing: the limit leaves it at the bottom.
    expect(Math.log10(scene.y.range.max / scene.y.range.min)).toBeLessThan(40);
    expect(chart(all, 'norm').curves.map(({ sunk }) => sunk)).toEqual([undefined, undefined, undefined]);
    expect(timeText(scene.timeline, livePosition(scene))).toBe('t = 10.0');
  });

  test('a linear axis shows zero and negative values as they are', () => {
    const signs: Law = (t) => ({ risk: 0, curvature: -t, norm: t - 5, spare: 0 });
    const scene = chart(recorded({ limit: { law: signs } }, saveAt), 'norm');
    expect(scene.y.range.min).toBeLessThan(-5);
    expect(scene.curves[0]!.values[0]).toBe(-5);
  });

  test('every drawn value lies within the range of the chart', () => {
    const scene = chart(recorded({ sgd: { law: decay }, limit: { law: decay } }, saveAt, { runs: 16 }));
    const { min, max } = scene.y.range;
    for (const value of values(scene)) expect(value >= min && value <= max).toBe(true);
  });

  test('what is not recorded yet is not drawn, and is no divergence', () => {
    const scene = chart(recorded({ sgd: { law: decay, recorded: 20 } }, saveAt, { runs: 4 }));
    const [curve] = scene.curves;
    expect(curve!.values.findLastIndex((value) => value !== null)).toBe(19);
    expect(curve!.stop).toBeUndefined();
    expect(scene.divergences).toEqual([]);
  });

  test('an experiment without frames has an empty chart with a range', () => {
    const scene = chart(recorded({ sgd: { law: decay, recorded: 0 } }, saveAt));
    expect(values(scene)).toEqual([]);
    expect(scene.notice).toBe('waiting for the first values');
    expect(scene.y.range.max).toBeGreaterThan(scene.y.range.min);
  });

  test('a curve without positive values says so on a log axis', () => {
    const zero: Law = () => ({ risk: 0, curvature: 1, norm: 0, spare: 0 });
    const experiment = recorded({ limit: { law: zero } }, saveAt);
    expect(chart(experiment, 'risk').notice).toBe('no positive value to draw on a logarithmic axis');
    expect(chart(experiment, 'norm').notice).toBeUndefined();
  });

  test('an absent observable gives its reason', () => {
    const experiment = recorded({ sgd: { law: decay } }, saveAt, { dimension: 17 });
    expect(chart(experiment, 'spare').absent).toBe('off-support energy: no teacher entry is 0');
    expect(chart(experiment, 'spare').curves).toEqual([]);
    expect(chart(experiment, 'risk').absent).toBeUndefined();
  });

  test('pins come first, without bands, under their own names', () => {
    const pin = recorded({ sgd: { law: decay } }, times(5, 30), { runs: 8 });
    const pins = [{ id: 7, label: 'T = 5', experiment: pin }];
    const scene = chart(recorded({ sgd: { law: decay } }, saveAt, { runs: 8 }), 'risk', { pins });
    expect(scene.curves.map(({ id, pin: position, band }) => [id, position, band !== undefined])).toEqual([
      ['7:process:sgd', 0, false],
      [':process:sgd', -1, true],
    ]);
  });

  test('guides belong to their observable', () => {
    const experiment = recorded({ sgd: { law: decay } }, saveAt);
    expect(chart(experiment, 'curvature').guides.map(({ level }) => level)).toEqual([4]);
    expect(chart(experiment, 'risk').guides).toEqual([]);
  });
});

describe('divergence', () => {
  test('a median ends where half of the runs have diverged, and nothing is drawn after it', () => {
    const sgd = { law: decay, blowUp: (run: number) => 2 + run };
    const scene = chart(recorded({ sgd, limit: { law: decay } }, saveAt, { runs: 8 }));
    const [curve, limit] = scene.curves;
    const last = curve!.values.findLastIndex((value) => value !== null);
    // Type 7: the median of eight lies between the fourth and the fifth; the fourth run to diverge does so at t = 5.
    expect(scene.timeline.x[last]!).toBeLessThan(5);
    expect(scene.timeline.x[last + 1]!).toBeGreaterThanOrEqual(5);
    expect(curve!.stop).toBe(last);
    expect(limit!.stop).toBeUndefined();
    expect(scene.divergences).toEqual([
      {
        kind: 'process',
        index: 0,
        pin: -1,
        x: 2,
        label: 'SGD: 8 of 8 runs diverged, the first at t = 2',
        short: 'SGD 8/8 from 2',
      },
    ]);
  });

  test('where the upper quantile is infinite the band reaches the top', () => {
    const sgd = { law: decay, blowUp: (run: number) => (run < 4 ? 2 : NaN) };
    const scene = chart(recorded({ sgd }, saveAt, { runs: 16 }));
    const [curve] = scene.curves;
    expect(curve!.stop).toBeUndefined();
    expect(curve!.values.at(-1)).not.toBeNull();
    expect(curve!.band!.high.at(-1)).toBe(scene.y.range.max);
  });

  test('a limit that ends has a marker once it is done', () => {
    const scene = chart(recorded({ limit: { law: decay, blowUp: () => 3 } }, saveAt));
    const [curve] = scene.curves;
    expect(scene.timeline.x[curve!.stop!]!).toBeLessThan(3);
    expect(scene.divergences.map(({ label }) => label)).toEqual(['limit ends at t = 3']);
  });

  test('lines of divergence follow the unit of the x axis', () => {
    const experiment = recorded({ limit: { law: decay, blowUp: () => 3 } }, saveAt, { dimension: 100 });
    const scene = sceneOf(experiment, [], 'risk', timelineOf([experiment], 'iterations', false), plain);
    expect(scene.divergences[0]!.x).toBe(300);
  });
});
