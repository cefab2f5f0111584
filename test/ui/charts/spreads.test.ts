import { describe, expect, test } from 'vitest';
import type { Band } from '../../../src/models/model.ts';
import { csvOf } from '../../../src/ui/charts/csv.ts';
import type { Ink } from '../../../src/ui/charts/palette.ts';
import type { Recorded } from '../../../src/ui/charts/pin.ts';
import { svgPicture } from '../../../src/ui/charts/picture.ts';
import { spreadText, valueAt, valuesText } from '../../../src/ui/charts/readout.ts';
import { sceneOf, type Scene } from '../../../src/ui/charts/scene.ts';
import { timelineOf } from '../../../src/ui/charts/timeline.ts';
import { recorded, times, type Law } from './fixture.ts';

const saveAt = times(4, 30);
const exact = (t: number) => Math.exp(-t);
/** Three runs at 0.9, 1 and 1.1 times the limit: standard deviation 0.1 times the limit. */
const law: Law = (t, run) => ({ risk: exact(t) * (0.9 + 0.1 * run), curvature: 1, norm: 1, spare: 1 });
const limit: Law = (t) => ({ risk: exact(t), curvature: 1, norm: 1, spare: 1 });

function withBands(...bands: readonly Band[]): Recorded {
  const experiment = recorded({ limit: { law: limit }, sgd: { law }, sde: { law } }, saveAt, { runs: 3 });
  experiment.sources.find(({ name }) => name === 'limit')!.trajectory.acceptBands(0, bands);
  return experiment;
}

const band = (around: string, share: (t: number) => number, observable = 'risk'): Band => ({
  around,
  observable,
  deviation: saveAt.map((t) => share(t) * exact(t)),
});

function chart(experiment: Recorded, observable = 'risk', linearY = true): Scene {
  const timeline = timelineOf([experiment], 't', false);
  return sceneOf(experiment, [], observable, timeline, { linearY, singleRuns: false });
}

describe('around a process', () => {
  const experiment = withBands(band('sgd', () => 0.12));
  const scene = chart(experiment);
  const [spread, ...others] = scene.spreads;

  test('two lines stand 2 standard deviations from the limit, in the colour of the process', () => {
    expect(others).toEqual([]);
    expect(spread).toMatchObject({ kind: 'process', index: 0, pin: -1, label: 'SGD' });
    scene.timeline.x.forEach((t, i) => {
      expect(spread!.low[i]).toBeCloseTo(0.76 * exact(t), 12);
      expect(spread!.high[i]).toBeCloseTo(1.24 * exact(t), 12);
    });
    expect(chart(experiment, 'norm').spreads).toEqual([]);
  });

  test('theory is told beside what the runs measure, in any form', () => {
    const last = scene.timeline.x.length - 1;
    expect(valueAt(spread!.measured!, last)).toBeCloseTo(0.1 * exact(4), 12);
    expect(spreadText(spread!, 0)).toBe('0.100, theory 0.120');
    expect(valuesText(scene, 0)).toContain('standard deviation of SGD 0.100, theory 0.120');
    const single = { ...experiment, sources: experiment.sources.filter(({ name }) => name === 'limit') };
    expect(spreadText(chart(single).spreads[0]!, 0)).toBe('theory 0.120');
  });

  test('the chart has room for them, but a log axis does not follow them to 0', () => {
    expect(scene.y.range.max).toBeGreaterThan(1.24);
    const wide = withBands(band('sgd', () => 0.4999999));
    const low = chart(wide, 'risk', false);
    expect(low.y.range.min).toBeGreaterThan(0.5 * exact(4));
    expect(chart(withBands(band('sgd', () => 0.6)), 'risk', false).spreads[0]!.low).toEqual(
      Array.from(saveAt, () => null),
    );
  });
});

test('around the limit lies a band of 2 standard errors, of no width where none is known', () => {
  const [curve] = chart(withBands(band('limit', (t) => (t > 2 ? NaN : 0.05)))).curves.filter(
    ({ kind }) => kind === 'limit',
  );
  expect(curve!.band!.of).toBe('error');
  saveAt.forEach((t, i) => {
    const width = curve!.band!.high[i]! - curve!.band!.low[i]!;
    expect(width).toBeCloseTo(t > 2 ? 0 : 0.2 * exact(t), 12);
  });
});

test('exports carry what theory says', () => {
  const experiment = withBands(
    band('sgd', () => 0.12),
    band('limit', () => 0.05),
  );
  const caption = { title: 'T', parameters: 'P', link: 'L', version: 'V', engine: 'E' };
  const rows = csvOf(experiment, caption, false).split('\n');
  expect(rows).toContain(`limit,risk,sd:sgd,0,0.12`);
  expect(rows).toContain(`limit,risk,standardError,0,0.05`);
  expect(rows.filter((row) => row.startsWith('limit,norm,sd'))).toEqual([]);
  const ink: Ink = {
    dark: false,
    foreground: '#000',
    background: '#fff',
    muted: '#666',
    line: '#ddd',
    family: 'sans-serif',
    fontSize: 12,
    stroke: 1,
  };
  const { svg } = svgPicture([chart(experiment)], [], caption, ink);
  expect(svg).toContain('± 2 s.d. of SGD in theory');
  expect(svg).toContain('limit ± 2 standard errors');
  expect([...svg.matchAll(/stroke-dasharray="5 3"/g)]).toHaveLength(4);
  expect(svg).not.toMatch(/NaN|undefined/);
});
