import { describe, expect, test } from 'vitest';
import type { Field } from '../../../src/models/model.ts';
import type { Ink } from '../../../src/ui/charts/palette.ts';
import { luminance } from '../../../src/ui/charts/ink.ts';
import { diverging, sequential, type Rgb } from '../../../src/ui/fields/colours.ts';
import { mapSvg, squareOf } from '../../../src/ui/fields/mapSvg.ts';
import { pixelsOf, placesOf } from '../../../src/ui/fields/raster.ts';
import { fieldsCsv, pointAt, pointText } from '../../../src/ui/fields/readout.ts';
import { scaleOf } from '../../../src/ui/fields/scale.ts';

function fieldOf(t: readonly number[], of: (t: number, s: number) => number): Field {
  return {
    name: 'response',
    label: 'response R(t, s)',
    t: Float64Array.from(t),
    values: Float64Array.from(t.flatMap((row) => t.map((column) => of(row, column)))),
  };
}

/** Nothing answers before it is asked. */
const causal = fieldOf([0, 1, 3], (t, s) => (s > t ? NaN : 1 + t - s));

const lightness = (colour: Rgb) => luminance(`rgb(${colour.join(', ')})`);

describe('colours', () => {
  const shares = Array.from({ length: 33 }, (_, i) => i / 32);

  test('of values of one sign grow lighter all the way', () => {
    const steps = shares.map((share) => lightness(sequential(share)));
    expect(steps.filter((step, i) => i > 0 && step <= steps[i - 1]!)).toEqual([]);
    expect(steps[0]).toBeLessThan(0.05);
    expect(steps.at(-1)).toBeGreaterThan(0.7);
  });

  test('are all within what screens show: clipped ones would leave creases', () => {
    const channels = shares.flatMap((share) => [...sequential(share), ...diverging(share)]);
    expect(channels.filter((channel) => channel <= 0 || channel >= 255)).toEqual([]);
  });

  test('of values of both signs are lightest at 0 and as dark on both sides', () => {
    const steps = shares.map((share) => lightness(diverging(share)));
    expect(Math.max(...steps)).toBe(steps[16]);
    for (let i = 0; i < 16; i++) expect(steps[i]! / steps[32 - i]!).toBeGreaterThan(0.5);
    const [[bluish], [reddish]] = [diverging(0), diverging(1)];
    expect(reddish).toBeGreaterThan(bluish);
  });
});

describe('scale', () => {
  test('is linear from the smallest to the largest value, unknown ones have no share', () => {
    const { kind, log, range, share } = scaleOf(causal.values, false);
    expect({ kind, log, range }).toEqual({ kind: 'sequential', log: false, range: { min: 1, max: 4 } });
    expect([share(1), share(2.5), share(4)]).toEqual([0, 0.5, 1]);
    expect(share(NaN)).toBeNaN();
  });

  test('is symmetric about 0 where both signs occur', () => {
    const { kind, range, share } = scaleOf(Float64Array.of(-1, 4), false);
    expect({ kind, range }).toEqual({ kind: 'diverging', range: { min: -4, max: 4 } });
    expect([share(-4), share(0), share(4)]).toEqual([0, 0.5, 1]);
  });

  test('is logarithmic where positive values range widely, over six decades at most, unless linear is asked for', () => {
    const values = Float64Array.of(0, 1e-9, 1e-3, 1);
    const { log, range, share } = scaleOf(values, false);
    expect({ log, range }).toEqual({ log: true, range: { min: 1e-6, max: 1 } });
    expect([share(0), share(1e-9), share(1)]).toEqual([0, 0, 1]);
    expect(share(1e-3)).toBeCloseTo(0.5, 12);
    expect(scaleOf(values, true)).toMatchObject({ log: false, range: { min: 0, max: 1 } });
  });

  test.each([[[]], [[NaN]], [[2, 2]], [[0, 0]]])('%j has one, too', (values) => {
    const { range, share } = scaleOf(Float64Array.from(values), false);
    expect(range.max).toBeGreaterThan(range.min);
    expect(share(range.min)).toBe(0);
  });
});

test('pixels are linear in t and in s between grid times, t from below upwards, unknown values not at all', () => {
  expect(placesOf(causal.t, 3)).toEqual([
    { index: 0, fraction: 0.5 },
    { index: 1, fraction: 0.25 },
    { index: 1, fraction: 0.75 },
  ]);
  const scale = scaleOf(causal.values, false);
  const size = 6;
  const pixels = pixelsOf(causal, size, scale);
  const at = (row: number, column: number) => [
    ...pixels.subarray(4 * (size * row + column), 4 * (size * row + column) + 4),
  ];
  const shade = (value: number) => scale.colour(Math.round(255 * scale.share(value)) / 255).map(Math.round);
  const time = (pixel: number) => (3 * (pixel + 0.5)) / size;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [t, s] = [time(size - 1 - row), time(column)];
      const wanted = s > t ? [0, 0, 0, 0] : [...shade(1 + t - s), 255];
      // One of 256 shades to either side, by rounding.
      at(row, column).forEach((value, i) => expect(Math.abs(value - wanted[i]!)).toBeLessThanOrEqual(2));
    }
  }
});

test('pixels keep a kink at t = s', () => {
  const kinked = fieldOf([0, 1], (t, s) => Math.min(t, s) + 1);
  const scale = scaleOf(kinked.values, true);
  const pixels = pixelsOf(kinked, 4, scale);
  const [red] = scale.colour(Math.round(255 * 0.125) / 255).map(Math.round);
  // t = 1/8 for every s above it.
  for (let column = 0; column < 4; column++) expect(pixels[4 * (4 * 3 + column)]).toBe(red);
});

test('a point is read at the nearest pair of times', () => {
  expect(pointAt(causal, 0.4, 0.9)).toEqual({ row: 2, column: 1 });
  expect(pointText(causal, { row: 2, column: 1 })).toBe('t = 3.00, s = 1.00: 3.00');
  expect(pointText(causal, { row: 0, column: 2 })).toBe('t = 0, s = 3.00: —');
});

test('the table has every known value once, with its times', () => {
  const caption = { title: 'T', parameters: 'P', link: 'L', version: 'V', engine: 'E' };
  const rows = fieldsCsv([{ limit: 'SGD limit', field: causal }], caption)
    .trimEnd()
    .split('\n')
    .slice(4);
  expect(rows).toEqual([
    'limit,field,t,s,value',
    ...['0,0,1', '1,0,2', '1,1,1', '3,0,4', '3,1,3', '3,3,1'].map((row) => `SGD limit,response,${row}`),
  ]);
});

test('a map is drawn inside its frame, with axes and scale', () => {
  const ink = { foreground: '#000', background: '#fff', muted: '#666', line: '#ddd', fontSize: 12 } as Ink;
  const frame = { left: 10, top: 20, width: 400, height: 320 };
  const square = squareOf(frame, 12);
  expect(square.width).toBe(square.height);
  expect(square.left + square.width).toBeLessThan(410);
  expect(square.top + square.height).toBeLessThan(340);
  const svg = mapSvg(
    { limit: 'SGD limit', field: causal },
    scaleOf(causal.values, false),
    frame,
    'data:image/png;base64,AA==',
    ink,
  );
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  for (const text of ['SGD limit', 'response R(t, s)', 'time s', 'time t', '0', '3'])
    expect(texts).toContain(text);
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  for (const [, x] of svg.matchAll(/ x="([\d.]+)"/g)) {
    expect(Number(x)).toBeGreaterThanOrEqual(10);
    expect(Number(x)).toBeLessThan(410);
  }
});
