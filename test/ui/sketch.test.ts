import { expect, test } from 'vitest';
import { isTelling } from '../../src/ui/derived.ts';
import { barsOf, sketchText } from '../../src/ui/sketch.ts';

const text = (values: Float64Array) => sketchText({ label: 'eigenvalues', values }, barsOf(values));

test('a few values are spikes, as high as they are often', () => {
  const values = Float64Array.of(1, 1, 1, 2, 5, 5);
  const { kind, log, bars } = barsOf(values);
  expect({ kind, log }).toEqual({ kind: 'spikes', log: false });
  expect(bars.map(({ at }) => at)).toEqual([0, 0.25, 1]);
  expect(bars.map(({ height }) => height)).toEqual([1, 1 / 3, 2 / 3]);
  expect(text(values)).toBe('3 eigenvalues from 1.00 to 5.00');
});

test('many values are a histogram that counts each once', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => 1 + i / 999);
  const { kind, bars } = barsOf(values);
  expect(kind).toBe('histogram');
  expect(bars).toHaveLength(40);
  const total = bars.reduce((sum, { height }) => sum + height, 0) * 25;
  expect(total).toBeCloseTo(1000, -2);
  expect(Math.min(...bars.map(({ height }) => height))).toBeGreaterThan(0.9);
  expect(text(values)).toBe('eigenvalues from 1.00 to 2.00');
});

test('a wide range of positive values is drawn on a logarithmic axis', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => 100 ** (i / 999));
  const { log, bars } = barsOf(values);
  expect(log).toBe(true);
  expect(Math.min(...bars.map(({ height }) => height))).toBeGreaterThan(0.9);
  expect(text(values)).toBe('eigenvalues from 1.00 to 100, logarithmic axis');
  expect(barsOf(Float64Array.of(0, 1, 100)).log).toBe(false);
});

test('equal values and none are nothing to see', () => {
  expect(isTelling({ label: '', values: new Float64Array() })).toBe(false);
  expect(isTelling({ label: '', values: Float64Array.of(1, 1) })).toBe(false);
  expect(isTelling({ label: '', values: Float64Array.of(1, 2) })).toBe(true);
});
