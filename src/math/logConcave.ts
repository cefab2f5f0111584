/** Quantile maps from the standard normal law to symmetric laws with a density ∝ exp(−h), h convex and even. */
import { gaussLegendre } from './quadrature.ts';

/** h(x) and h(x + s) − h(x) for s ≥ 0, the latter without cancellation. */
export interface ConvexPotential {
  value(x: number): number;
  rise(x: number, s: number): number;
}

const RULE = gaussLegendre(80);
/** Rise of the potential past which exp(−rise) is left out of integrals. */
const NEGLIGIBLE = 38;

const normal: ConvexPotential = { value: (x) => 0.5 * x * x, rise: (x, s) => s * (x + 0.5 * s) };

/** ∫_0^∞ exp(−(h(x + s) − h(x))) ds for x ≥ 0, relative error about 1e-12. */
function tail({ rise }: ConvexPotential, x: number): number {
  let length = 1;
  while (rise(x, length) < NEGLIGIBLE) length *= 2;
  for (let low = rise(x, length / 2) < NEGLIGIBLE ? length / 2 : 0, i = 0; i < 30; i++) {
    const middle = 0.5 * (low + length);
    if (rise(x, middle) < NEGLIGIBLE) low = middle;
    else length = middle;
  }
  return RULE.reduce(
    (sum, { value, weight }) => sum + weight * length * Math.exp(-rise(x, value * length)),
    0,
  );
}

/** The odd increasing map X for which X(Z) has density ∝ exp(−h) when Z is standard normal; remembers its values. */
export function transportFromNormal(potential: ConvexPotential): (z: number) => number {
  const offset = Math.log(tail(potential, 0)) - potential.value(0) - Math.log(tail(normal, 0));
  const known = new Map<number, number>([[0, 0]]);
  const solve = (z: number): number => {
    const target = Math.log(tail(normal, z)) - normal.value(z) + offset;
    const excess = (x: number): number => Math.log(tail(potential, x)) - potential.value(x) - target;
    let x = 1;
    while (excess(x) > 0) x *= 2;
    // ln P(X > x) is concave: from the right Newton's method falls to the root without overshooting.
    for (let i = 0; i < 100; i++) {
      const step = tail(potential, x) * excess(x);
      x += step;
      if (Math.abs(step) <= 1e-13 * x) break;
    }
    return x;
  };
  return (z) => {
    const size = Math.abs(z);
    let x = known.get(size);
    if (x === undefined) {
      x = solve(size);
      known.set(size, x);
    }
    return z < 0 ? -x : x;
  };
}
