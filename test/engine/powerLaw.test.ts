import { expect, test } from 'vitest';
import { fitAsymptote, fitPowerLaw, type Measured } from '../../src/engine/powerLaw.ts';
import { gaussians } from './gaussians.ts';

const sizes = [64, 128, 256, 512, 1024, 2048];

/** Values of a law at all sizes with relative errors of the given size. */
function measured(law: (x: number) => number, share: number, next: () => number): Measured[] {
  return sizes.map((x) => {
    const error = share * Math.abs(law(x));
    return { x, y: law(x) + error * next(), error };
  });
}

test.each([-0.5, -1, 0.25])('exponent %f without noise is recovered exactly', (exponent) => {
  const fit = fitPowerLaw(sizes.map((x) => ({ x, y: 3 * x ** exponent, error: 0.01 * x ** exponent })))!;
  expect(fit.exponent).toBeCloseTo(exponent, 5);
  expect(fit.factor).toBeCloseTo(3, 3);
});

test('the standard error is that of repeated measurements', () => {
  const next = gaussians(7);
  const repeats = Array.from({ length: 400 }, () => fitPowerLaw(measured((x) => 2 / x, 0.1, next))!);
  const pulls = repeats.map(({ exponent, standardError }) => (exponent + 1) / standardError);
  const mean = pulls.reduce((sum, pull) => sum + pull) / pulls.length;
  const spread = Math.sqrt(pulls.reduce((sum, pull) => sum + (pull - mean) ** 2, 0) / pulls.length);
  expect(Math.abs(mean)).toBeLessThan(0.2);
  // Errors are widened where points scatter, so that they are at least honest.
  expect(spread).toBeGreaterThan(0.7);
  expect(spread).toBeLessThan(1.1);
});

test('points within their errors, negative ones too, count but do not mislead', () => {
  const noise = [0.5, -0.5, 0.8, -0.3, -1.2, 0.4];
  const points = sizes.map((x, i) => ({ x, y: 1 / x + 0.002 * noise[i]!, error: 0.002 }));
  expect(points.some(({ y }) => y < 0)).toBe(true);
  const fit = fitPowerLaw(points)!;
  expect(Math.abs(fit.exponent + 1)).toBeLessThan(fit.standardError);
});

test('nothing but noise has no exponent, nor have two points', () => {
  const next = gaussians(5);
  expect(fitPowerLaw(sizes.map((x) => ({ x, y: 0.01 * next(), error: 0.01 })))).toBeUndefined();
  expect(fitPowerLaw(measured((x) => 1 / x, 0.01, next).slice(0, 2))).toBeUndefined();
});

test('sizes that are too small for the power law are left out', () => {
  const next = gaussians(1);
  const points = measured((x) => x ** -0.5 * (1 + (60 / x) ** 2), 0.01, next);
  const [all, tail] = [fitPowerLaw(points)!, fitAsymptote(points)!];
  expect(all.from).toBe(64);
  expect(tail.from).toBeGreaterThan(64);
  expect(Math.abs(tail.exponent + 0.5)).toBeLessThan(3 * tail.standardError);
  expect(Math.abs(all.exponent + 0.5)).toBeGreaterThan(Math.abs(tail.exponent + 0.5));
});

test('none is left out where that does not help', () => {
  const points = sizes.map((x, i) => ({ x, y: x ** -0.5 * (i % 2 ? 1.2 : 0.8), error: 0.01 * x ** -0.5 }));
  const fit = fitAsymptote(points)!;
  expect(fit.from).toBe(64);
  expect(fit.scatter).toBeGreaterThan(100);
  expect(Math.abs(fit.exponent + 0.5)).toBeLessThan(3 * fit.standardError);
});
