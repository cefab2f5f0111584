import { describe, expect, it } from 'vitest';
import { Quintic } from '../../src/math/quintic.ts';

/** Uneven nodes on [0, 3]. */
const nodes = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => 3 * ((i / (count - 1)) * (0.7 + (0.3 * i) / (count - 1))));

const curve = (count: number, f: (x: number) => number): Quintic =>
  new Quintic(nodes(count), nodes(count).map(f));

describe('a quintic curve', () => {
  it('passes through its points and repeats polynomials of degree 5', () => {
    const f = (x: number) => 2 - x + 0.3 * x ** 2 - 0.1 * x ** 3 + 0.05 * x ** 5;
    const through = curve(11, f);
    for (const x of nodes(11)) expect(through.value(x)).toBeCloseTo(f(x), 12);
    for (const x of [2.9, 0.01, 1.234, 2.2, 0.5]) {
      expect(through.value(x)).toBeCloseTo(f(x), 11);
      expect(through.slope(x)).toBeCloseTo(-1 + 0.6 * x - 0.3 * x ** 2 + 0.25 * x ** 4, 10);
    }
  });

  it('converges at order 6', () => {
    const [coarse, fine] = [21, 41].map((count) => {
      const through = curve(count, Math.sin);
      let worst = 0;
      for (let x = 0; x < 3; x += 0.001) worst = Math.max(worst, Math.abs(through.value(x) - Math.sin(x)));
      return worst;
    }) as [number, number];
    expect(Math.log2(coarse / fine)).toBeGreaterThan(5.5);
  });

  it('is constant beyond its ends, and where it has one point', () => {
    const through = curve(9, Math.exp);
    expect(through.value(-1)).toBe(1);
    expect(through.value(7)).toBeCloseTo(Math.exp(3), 12);
    expect([through.slope(-1), through.slope(7)]).toEqual([0, 0]);
    const point = new Quintic(Float64Array.of(2), Float64Array.of(5));
    expect([point.value(0), point.value(2), point.value(9), point.slope(2)]).toEqual([5, 5, 5, 0]);
  });
});
