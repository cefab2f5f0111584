import { describe, expect, test } from 'vitest';
import { summaryNames } from '../../../src/engine/trajectory.ts';
import { csvOf } from '../../../src/ui/charts/csv.ts';
import type { Ink } from '../../../src/ui/charts/palette.ts';
import { svgPicture } from '../../../src/ui/charts/picture.ts';
import { wrapped } from '../../../src/ui/charts/sheet.ts';
import { sceneOf } from '../../../src/ui/charts/scene.ts';
import { timelineOf } from '../../../src/ui/charts/timeline.ts';
import { SvgPen, traceBand, traceLine } from '../../../src/ui/charts/trace.ts';
import { model, recorded, times, type Law } from './fixture.ts';

const saveAt = times(3, 20);
const law: Law = (t, run) => ({
  risk: 1e-40 * Math.exp(-t) * (1 + run / 3),
  curvature: 1 / (1 + t),
  norm: Math.sqrt(t) * (run - 1.5) + 0.1,
  spare: t === 0 ? 0 : t / 7,
});
const experiment = recorded(
  { limit: { law }, sgd: { law, blowUp: (run) => (run === 0 ? 2 : NaN) }, sde: { law, recorded: 7 } },
  saveAt,
  { runs: 3 },
);
const caption = {
  title: 'A, "quoted" <title>',
  parameters: 'd = 1024,\nγ = 0.5 & more',
  link: 'https://example.org/#v=1&model=fixture',
  version: 'sgdscope 1.2.3',
  engine: 'cpu, 2 workers',
};

describe('csv', () => {
  const lines = csvOf(experiment, caption, true).trimEnd().split('\n');
  const metadata = lines.filter((line) => line.startsWith('# '));
  const [header, ...rows] = lines.filter((line) => !line.startsWith('# '));
  const cells = new Map(rows.map((row) => [row.split(',').slice(0, 4).join(), row.split(',')[4]!]));

  test('starts with metadata, one line each, then a tidy header', () => {
    expect(metadata.some((line) => line === '# parameters: d = 1024, γ = 0.5 & more')).toBe(true);
    expect(metadata.some((line) => line === `# link: ${caption.link}`)).toBe(true);
    expect(metadata.some((line) => line === '# blowUp: sgd at t = 2, 1 runs')).toBe(true);
    expect(header).toBe('process,observable,statistic,t,value');
  });

  test('holds every recorded value at full precision, nothing floored, and no other', () => {
    const expected = new Map<string, string>();
    for (const { name, kind, trajectory } of experiment.sources) {
      for (const observable of Object.keys(model.observables)) {
        const columns = Object.fromEntries(
          summaryNames.map((summary) => [summary, trajectory.column(observable, summary)]),
        );
        for (let run = 0; run < trajectory.runs; run++) {
          columns[`run${run + 1}`] = trajectory.run(observable, run);
        }
        const statistics = kind === 'limit' ? { value: columns['q50']! } : columns;
        for (const [statistic, values] of Object.entries(statistics)) {
          trajectory.t.subarray(0, trajectory.length).forEach((t, i) => {
            const text = Number.isFinite(values[i]) ? String(values[i]) : '';
            expected.set([name, observable, statistic, t].join(), text);
          });
        }
      }
    }
    expect(cells).toEqual(expected);
    expect(rows.length).toBe(expected.size);
    // The shortest text that reads back as the same number.
    expect(Number(cells.get(['limit', 'risk', 'value', saveAt[5]].join()))).toBe(
      1e-40 * Math.exp(-saveAt[5]!),
    );
  });
});

test('csv holds single runs only where they are asked for', () => {
  const statistics = csvOf(experiment, caption, false)
    .split('\n')
    .filter((line) => line.startsWith('sgd,'))
    .map((line) => line.split(',')[2]);
  expect(new Set(statistics)).toEqual(new Set(summaryNames));
});

describe('trace', () => {
  const to = { x: (v: number) => v * 10, y: (v: number) => -v };
  test('a line joins known values; a band returns along its lower edge', () => {
    const line = new SvgPen();
    traceLine(line, [0, 1, 2, 3], [1, null, 2, null], to);
    expect(line.data).toBe('M0 -1L20 -2');
    const band = new SvgPen();
    traceBand(band, [0, 1, 2], [1, null, 2], [3, null, 4], to);
    expect(band.data).toBe('M0 -3L20 -4L20 -2L0 -1Z');
    const nothing = new SvgPen();
    traceBand(nothing, [0], [null], [null], to);
    expect(nothing.data).toBe('');
  });
});

describe('picture', () => {
  const ink: Ink = {
    dark: false,
    foreground: '#000',
    background: '#fff',
    muted: '#666',
    line: '#ddd',
    family: '"Some Sans", sans-serif',
    fontSize: 12,
    stroke: 1,
  };
  const pins = [{ id: 3, label: 'γ < 1', experiment: recorded({ sgd: { law } }, saveAt, { runs: 3 }) }];
  const timeline = timelineOf([experiment, pins[0]!.experiment], 't', true);
  const scenes = ['risk', 'curvature', 'norm'].map((name) =>
    sceneOf(experiment, pins, name, timeline, { linearY: false, singleRuns: true }),
  );
  const { svg, width, height } = svgPicture(scenes, pins, caption, ink);

  test('carries title, parameters, legend, link and version, escaped', () => {
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    for (const text of [
      'A, &quot;quoted&quot; &lt;title&gt;',
      'https://example.org/#v=1&amp;model=fixture',
      'sgdscope 1.2.3 · cpu, 2 workers',
      'SGD',
      'γ &lt; 1',
      'limit',
      'population risk R',
      'curvature κ̄',
    ]) {
      expect(texts).toContain(text);
    }
  });

  test('is well formed: every tag is closed, no coordinate is unknown', () => {
    const open: string[] = [];
    const mismatched = [...svg.matchAll(/<(\/?)(\w+)[^>]*>/g)].filter(([, closing, name]) =>
      closing ? open.pop() !== name : void open.push(name!),
    );
    expect(mismatched).toEqual([]);
    expect(open).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(width).toBeGreaterThan(1000);
    expect(height).toBeGreaterThan(700);
  });
});

test('wrapped breaks at spaces and cuts what is too long', () => {
  expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(wrapped('', 4)).toEqual([]);
});
