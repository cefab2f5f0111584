/** What the view of the law shows, from counts that are known. */
import { expect, test } from 'vitest';
import { defaultsOf } from '../../../src/config/parameter.ts';
import { BINS } from '../../../src/engine/histogram.ts';
import { LawRecord } from '../../../src/engine/lawRecord.ts';
import { allModels } from '../../../src/models/index.ts';
import type { BinnedLaw, Frame } from '../../../src/models/model.ts';
import { distributionCsv, distributionPicture } from '../../../src/ui/distribution/exports.ts';
import { panelSvg } from '../../../src/ui/distribution/panelSvg.ts';
import { liveRow, nearestRow, panelsOf, panelText } from '../../../src/ui/distribution/panels.ts';

const models = await allModels();

const model = models['dln']!;
const config = { ...defaultsOf(model.parameters), dimension: 100, runs: 10 };
const saveAt = Float64Array.from([0, 0.5, 2]);
const plain = { whole: false, logDensity: false };
const ink = {
  dark: false,
  foreground: '#000',
  background: '#fff',
  muted: '#555',
  line: '#ccc',
  family: 'serif',
  fontSize: 12,
  stroke: 1,
};
const caption = { title: 'T', parameters: 'd = 100', link: 'https://x', version: 'v', engine: 'cpu' };

const triangle = Float64Array.from({ length: BINS }, (_, k) => (BINS + 1) / 2 - Math.abs(k - (BINS - 1) / 2));
const sum = triangle.reduce((total, each) => total + each, 0);

/** A law in the shape of a triangle, over bins of a width that shrinks with time. */
function law(row: number): BinnedLaw {
  const mass = Float64Array.from({ length: BINS + 2 }, (_, k) => (triangle[k - 1] ?? 0) / sum);
  return { low: -1 / (row + 1), high: 1 / (row + 1), mass };
}

/** Every process has counted `scale` times the triangle in both groups. */
function record(scale: Readonly<Record<string, number>>, rows = saveAt.length): LawRecord {
  const made = new LawRecord(model, config, 'beta', saveAt);
  for (let row = 0; row < saveAt.length; row++) {
    const each = law(row);
    made.laws[row] = [each, each];
    made.ranges.set([each.low, each.high, each.low, each.high], 4 * row);
    for (const [process, times] of Object.entries(scale)) {
      const one = [0, ...Array.from(triangle, (value) => value * times), 0];
      const frame: Frame = {
        t: saveAt[row]!,
        values: {},
        blowUp: new Float64Array(),
        counts: Uint32Array.from([...one, ...one]),
      };
      if (row < rows) made.accept(process, row, frame);
    }
  }
  return made;
}

test('bars are densities: they cover an area of 1, equal to the limit when counts follow it', () => {
  const [first, second, ...rest] = panelsOf(model, record({ sgd: 3, sde: 1 }), 1, plain);
  expect(rest).toEqual([]);
  expect([first!.label, second!.label]).toEqual(['β* = 0', 'β* = 1']);
  const width = (first!.high - first!.low) / BINS;
  for (const { density, total, distance } of first!.bars) {
    expect(density.reduce((area, value) => area + value * width, 0)).toBeCloseTo(1, 12);
    density.forEach((value, k) => expect(value).toBeCloseTo(first!.limit!.density[k]!, 9));
    expect(total).toBeGreaterThan(0);
    expect(distance).toBeLessThan(1e-12);
  }
  expect(first!.bars.map(({ total }) => total)).toEqual([3 * sum, sum]);
  expect(panelText(first!)).toContain('law of β, bins from −0.500 to 0.500');
});

test('the distance is that of the distribution functions', () => {
  const made = record({ sgd: 1 });
  const all = new Uint32Array(2 * (BINS + 2));
  all[(BINS + 1) / 2] = 50;
  made.accept('sgd', 2, { t: 2, values: {}, blowUp: new Float64Array(), counts: all });
  const [first, second] = panelsOf(model, made, 2, plain);
  // Half of the triangle, less half of its largest bin, lies on each side.
  expect(first!.bars[0]!.distance).toBeCloseTo(0.5 - (0.5 * triangle[(BINS - 1) / 2]!) / sum, 12);
  expect(second!.note).toBe('no coordinate of this class, or every run has diverged');
  expect(second!.bars[0]!.distance).toBeNaN();
});

test('axes follow the law, or hold all times', () => {
  const made = record({ sgd: 1 });
  expect(panelsOf(model, made, 2, plain)[0]!.x).toEqual({ min: -1 / 3, max: 1 / 3 });
  expect(panelsOf(model, made, 2, { ...plain, whole: true })[0]!.x).toEqual({ min: -1, max: 1 });
  const { y } = panelsOf(model, made, 2, { ...plain, logDensity: true })[0]!;
  expect(y.min).toBeGreaterThan(0);
});

test('a law at one point says where', () => {
  const made = record({});
  const mass = new Float64Array(BINS + 2);
  mass[(BINS + 1) / 2] = 1;
  made.laws[0] = [
    { low: -1e-4, high: 1e-4, mass },
    { low: 0.9, high: 1.1, mass },
  ];
  made.ranges.set([-1e-4, 1e-4, 0.9, 1.1]);
  expect(panelsOf(model, made, 0, plain).map(({ note }) => note)).toEqual([
    'all at β = 0',
    'all at β = 1.00',
  ]);
});

test('what lies outside the bins is said', () => {
  const made = record({ sgd: 1 });
  const counts = new Uint32Array(2 * (BINS + 2)).fill(1);
  counts[0] = 20;
  made.accept('sgd', 0, { t: 0, values: {}, blowUp: new Float64Array(), counts });
  expect(panelsOf(model, made, 0, plain)[0]!.note).toBe('SGD: 21 % outside');
  made.laws[0] = undefined;
  const [first] = panelsOf(model, made, 0, plain);
  expect(first!.note).toBe('no limit at this time, SGD: 21 % outside');
  expect(first!.bars[0]!.distance).toBeNaN();
});

test('the live time is the last that every process has counted with finite runs', () => {
  expect(liveRow(record({}))).toBe(-1);
  expect(liveRow(record({ sgd: 1, sde: 1 }, 2))).toBe(1);
  const made = record({ sgd: 1, sde: 1 });
  const none = new Uint32Array(2 * (BINS + 2));
  made.accept('sgd', 2, { t: 2, values: {}, blowUp: new Float64Array(), counts: none });
  expect(liveRow(made)).toBe(2);
  made.accept('sde', 2, { t: 2, values: {}, blowUp: new Float64Array(), counts: none });
  expect(liveRow(made)).toBe(1);
  expect(nearestRow(made, 0.6)).toBe(1);
});

test('pictures and tables hold every process, the limit, and what they show', async () => {
  const panels = panelsOf(model, record({ sgd: 2, sde: 1 }), 1, plain);
  const svg = panelSvg(panels[0]!, { left: 0, top: 0, width: 300, height: 200 }, ink, 'a');
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  expect(svg.match(/<path /g)).toHaveLength(3);
  const picture = await distributionPicture(panels, 'law of β at t = 0.500', caption, ink);
  for (const text of ['T: law of β at t = 0.500', 'd = 100', 'https://x', 'β* = 1', 'SGD', 'SDE', 'limit']) {
    expect(picture.svg).toContain(text);
  }
  const lines = distributionCsv(panels, 'law of β', caption).trimEnd().split('\n');
  const rows = lines.filter((line) => !line.startsWith('#'));
  expect(rows).toHaveLength(1 + 2 * 3 * BINS);
  const shares = rows.filter((row) => row.startsWith('"β* = 0",SGD')).map((row) => Number(row.split(',')[4]));
  expect(shares.reduce((total, share) => total + share, 0)).toBeCloseTo(1, 12);
});
