import { describe, expect, it } from 'vitest';
import { FokkerPlanck } from '../../../src/models/dln/fokkerPlanck.ts';
import { normalGrid } from '../../../src/models/dln/limitGrid.ts';
import { statisticCount } from '../../../src/models/dln/statistics.ts';
import { TransportMap, type LimitClass } from '../../../src/models/dln/transportMap.ts';

function system(stepSizeAt: (t: number) => number = () => 0.7): { equation: FokkerPlanck; y: Float64Array } {
  const classes: LimitClass[] = [
    { eigenvalue: 0.5, teacher: 0, weight: 0.4, lnC: -1, angle: (z) => 0.3 * z },
    { eigenvalue: 2, teacher: 1, weight: 0.5, lnC: -3, angle: (z) => 0.4 + 0.2 * z + 0.01 * z * z },
    { eigenvalue: 0, teacher: 3, weight: 0.1, lnC: 0, angle: () => 0 },
  ];
  const map = new TransportMap(classes, normalGrid({ points: 31, reach: 5, half: 3 }));
  const equation = new FokkerPlanck(map, { batchSize: 2, labelNoise: 0.3, stepSizeAt });
  const y = map.initial();
  equation.adapt(y);
  y[map.size - 1] = 0.01;
  return { equation, y };
}

describe('linearisation', () => {
  it('solves (shift − J)x = b with J the derivative of the right-hand side, coupling through R and S included', () => {
    const { equation, y } = system();
    const [tau, shift] = [0.8, 5];
    const b = Float64Array.from(y, (_, k) => Math.cos(k));
    const x = b.slice();
    const slope = new Float64Array(y.length);
    expect(equation.linearise(tau, y, shift, slope)).toBe(true);
    equation.solve(x);
    const [up, down] = [1e-6, -1e-6].map((h) => {
      const out = new Float64Array(y.length);
      equation.derivative(
        tau,
        y.map((value, k) => value + h * x[k]),
        out,
      );
      return out;
    });
    b.forEach((value, k) => {
      const product = (up[k] - down[k]) / 2e-6;
      expect((shift * x[k] - product) / value).toBeCloseTo(1, 5);
    });
  });

  it('has the derivative by time, also while the step size changes', () => {
    const { equation, y } = system((t) => 0.7 / (1 + t));
    const [tau, h] = [0.8, 1e-5];
    const slope = new Float64Array(y.length);
    equation.linearise(tau, y, 1, slope);
    const [up, down] = [tau + h, tau - h].map((time) => {
      const out = new Float64Array(y.length);
      equation.derivative(time, y, out);
      return out;
    });
    slope.forEach((value, k) => {
      const expected = (up[k] - down[k]) / (2 * h);
      expect(Math.abs(value - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
    });
  });
});

it('a map that folds is outside the domain', () => {
  const { equation, y } = system();
  expect(equation.evaluate(0.8, y)).toBeGreaterThan(0);
  [y[10], y[12]] = [y[12], y[10]];
  expect(equation.evaluate(0.8, y)).toBeNaN();
  expect(equation.derivative(1, y, new Float64Array(y.length))).toBe(false);
});

it('classes with λ = 0 stand still', () => {
  const { equation, y } = system();
  const out = new Float64Array(y.length);
  equation.derivative(1, y, out);
  expect(out.subarray(62, 93).every((value) => value === 0)).toBe(true);
});

it('a change of frame changes no statistic', () => {
  const { equation, y } = system();
  const [before, after] = [new Float64Array(statisticCount), new Float64Array(statisticCount)];
  equation.map.statistics(y, before, new Float64Array(statisticCount));
  const moved = y.slice();
  equation.map.rebase(moved);
  equation.map.statistics(moved, after, new Float64Array(statisticCount));
  expect(moved[15]).toBe(0);
  before.forEach((value, i) => expect(after[i] / value).toBeCloseTo(1, 13));
});
