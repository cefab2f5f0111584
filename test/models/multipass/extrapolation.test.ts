import { expect, test } from 'vitest';
import { flowAtZero, interpolate, jumpsAtZero } from '../../../src/models/multipass/extrapolation.ts';

const saveAt = Float64Array.of(0.1, 0.5, 2);
const h = 0.1;
/** Two rows of values that depend on the step as `of`. */
const sample = (of: (step: number) => number, step: number) =>
  Float64Array.of(...saveAt, ...saveAt).map((t, i) => t + i * of(step));

test('jumps: what is of first and second order in the step goes, the check keeps the second', () => {
  const samples = [h, 2 * h, 4 * h].map((step) => sample((x) => 3 * x + 7 * x * x, step));
  const { values, check } = jumpsAtZero(samples, saveAt, h);
  values.forEach((value, i) => expect(value).toBeCloseTo(saveAt[i % 3]!, 12));
  [1, 2, 4, 5].forEach((i) => expect(check[i]).toBeCloseTo(saveAt[i % 3]! - i * 14 * h * h, 12));
});

test('jumps: before the coarsest grid takes a step the check is the finest grid', () => {
  const samples = [h, 2 * h, 4 * h].map((step) => sample((x) => x, step));
  const { check } = jumpsAtZero(samples, saveAt, h);
  [0, 3].forEach((i) => expect(check[i]).toBe(samples[0]![i]));
});

test('flow: what is of second order goes, half of the rest of the finer grid is in the check', () => {
  const [fine, coarse] = [h, 2 * h].map((step) => sample((x) => x * x, step));
  const { values, check } = flowAtZero(fine!, coarse!);
  values.forEach((value, i) => expect(value).toBeCloseTo(saveAt[i % 3]!, 12));
  check.forEach((value, i) => expect(value).toBeCloseTo((saveAt[i % 3]! + fine![i]!) / 2, 12));
});

test('cubics are interpolated exactly, to the ends of the grid', () => {
  const cubic = (x: number) => 2 - x + 3 * x ** 2 - 0.5 * x ** 3;
  for (const at of [0, 0.3, 2.5, 5.9, 6]) expect(interpolate(cubic, 6, at)).toBeCloseTo(cubic(at), 10);
});
