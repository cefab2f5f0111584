import { describe, expect, it } from 'vitest';
import { Dop853, type System } from '../../src/solvers/dop853.ts';

/** Non-linear and non-autonomous, solution y = (1/(1 + t) + sin t, e^{−t²}). */
const exact = (t: number) => [1 / (1 + t) + Math.sin(t), Math.exp(-t * t)] as const;
const system: System = {
  size: 2,
  derivative(t, [first, second], out) {
    const [y, z] = exact(t);
    out[0] = -1 / (1 + t) ** 2 + Math.cos(t) - first! * first! + y * y + (second! - z);
    out[1] = -2 * t * second! + Math.sin(first! - y);
  },
};

/** Errors at the end of [0, 2], inside the last step, and what the method estimates of the last step. */
function errors(steps: number): [number, number, number] {
  const method = new Dop853(system);
  method.begin(0, Float64Array.from(exact(0)));
  const h = 2 / steps;
  const scale = Float64Array.of(1, 1);
  let estimate = NaN;
  const middle = new Float64Array(2);
  for (let i = 0; i < steps; i++) {
    estimate = method.step(h, scale);
    if (i === steps - 1) {
      method.prepareDense();
      method.interpolate(0.4, middle);
    }
    method.accept();
  }
  const apart = (y: Float64Array, t: number) => Math.hypot(y[0]! - exact(t)[0], y[1]! - exact(t)[1]);
  return [apart(method.next, 2), apart(middle, 2 - 0.6 * h), estimate];
}

describe('Dop853', () => {
  it('has order 8, dense output of order 7, and an error estimate that falls as the eighth power of the step', () => {
    const [coarse, fine] = [errors(6), errors(12)];
    const orders = coarse.map((error, i) => Math.log2(error / fine[i]!));
    expect(orders[0]).toBeGreaterThan(7.6);
    expect(orders[1]).toBeGreaterThan(6.6);
    expect(orders[2]).toBeGreaterThan(7);
    expect(errors(40)[0]).toBeLessThan(1e-12);
  });

  it('interpolates through both ends of a step, and leaves the result of the step alone', () => {
    const method = new Dop853(system);
    const start = Float64Array.from(exact(0.3));
    method.begin(0.3, start);
    method.step(0.2, Float64Array.of(1, 1));
    const end = Float64Array.from(method.next);
    method.prepareDense();
    const out = new Float64Array(2);
    method.interpolate(0, out);
    expect(out).toEqual(start);
    method.interpolate(1, out);
    out.forEach((value, i) => expect(value).toBeCloseTo(end[i]!, 14));
    expect(method.next).toEqual(end);
  });

  it('starts again from the same point after a step that was not accepted', () => {
    const method = new Dop853(system);
    method.begin(0, Float64Array.from(exact(0)));
    const scale = Float64Array.of(1, 1);
    method.step(0.1, scale);
    const first = Float64Array.from(method.next);
    method.step(5, scale);
    method.step(0.1, scale);
    expect(method.next).toEqual(first);
  });

  it('estimates no error where there is none, and no number where there are none', () => {
    const still = new Dop853({ size: 1, derivative: (_, __, out) => out.fill(0) });
    still.begin(0, Float64Array.of(1));
    expect(still.step(1, Float64Array.of(1))).toBe(0);
    const lost = new Dop853({ size: 1, derivative: (_, __, out) => out.fill(NaN) });
    lost.begin(0, Float64Array.of(1));
    expect(lost.step(1, Float64Array.of(1))).toBeNaN();
  });
});
