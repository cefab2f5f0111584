import { describe, expect, it } from 'vitest';
import { Rodas5P, type StiffSystem } from '../../src/solvers/rodas5p.ts';

/** y' = f(t, y) for one unknown, with its derivatives. */
function scalar(
  f: (t: number, y: number) => number,
  byY: (t: number, y: number) => number,
  byT: (t: number, y: number) => number,
): StiffSystem {
  let matrix = 1;
  return {
    size: 1,
    derivative(t, y, out) {
      out[0] = f(t, y[0]);
      return true;
    },
    linearise(t, y, shift, timeDerivative) {
      matrix = shift - byY(t, y[0]);
      timeDerivative[0] = byT(t, y[0]);
      return true;
    },
    solve(x) {
      x[0] /= matrix;
    },
  };
}

/** Errors at t = 1 and, by dense output, inside the last step. */
function errors(system: StiffSystem, exact: (t: number) => number, steps: number): [number, number, number] {
  const method = new Rodas5P(system);
  const h = 1 / steps;
  const y = Float64Array.of(exact(0));
  for (let i = 0; i < steps; i++) {
    if (i > 0) y.set(method.next);
    method.step(i * h, y, h);
  }
  const middle = new Float64Array(1);
  method.prepareDense();
  method.interpolate(0.4, middle);
  const embedded = method.next[0] - method.error[0];
  return [
    Math.abs(method.next[0] - exact(1)),
    Math.abs(middle[0] - exact(1 - 0.6 * h)),
    Math.abs(embedded - method.next[0]),
  ];
}

describe('Rodas5P', () => {
  // Non-linear and non-autonomous, solution y = 1/(1 + t) + sin t.
  const exact = (t: number): number => 1 / (1 + t) + Math.sin(t);
  const rate = (t: number): number => -1 / (1 + t) ** 2 + Math.cos(t);
  const system = scalar(
    (t, y) => rate(t) - y * y + exact(t) ** 2,
    (_, y) => -2 * y,
    (t) => 2 / (1 + t) ** 3 - Math.sin(t) + 2 * exact(t) * rate(t),
  );

  it('has order 5, dense output and error estimate of local order 5', () => {
    const [coarse, fine] = [errors(system, exact, 10), errors(system, exact, 20)];
    const orders = coarse.map((error, i) => Math.log2(error / fine[i]));
    expect(orders[0]).toBeGreaterThan(4.7);
    expect(orders[1]).toBeGreaterThan(4.5);
    expect(orders[2]).toBeGreaterThan(4.5);
    expect(fine[0]).toBeLessThan(1e-7);
  });

  it("damps stiff components at once: y' = −10⁸(y − cos t)", () => {
    const stiff = scalar(
      (t, y) => -1e8 * (y - Math.cos(t)) - Math.sin(t),
      () => -1e8,
      (t) => -1e8 * Math.sin(t) - Math.cos(t),
    );
    expect(errors(stiff, Math.cos, 4)[0]).toBeLessThan(1e-9);
    const method = new Rodas5P(stiff);
    method.step(0, Float64Array.of(2), 0.1);
    expect(method.next[0]).toBeCloseTo(Math.cos(0.1), 5);
  });

  it("follows y = t through the singular coefficient of y' = ½(1 + t/y) exactly, however large the step", () => {
    const singular = scalar(
      (t, y) => 0.5 * (1 + t / y),
      (t, y) => (-0.5 * t) / (y * y),
      (_, y) => 0.5 / y,
    );
    const method = new Rodas5P(singular);
    method.step(1e-4, Float64Array.of(1e-4), 1);
    expect(method.next[0]).toBeCloseTo(1.0001, 10);
  });

  it('stops where the system is not defined', () => {
    const method = new Rodas5P({ ...system, derivative: () => false });
    expect(method.step(0, Float64Array.of(1), 0.1)).toBe(false);
  });
});
