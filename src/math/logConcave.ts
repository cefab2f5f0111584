/** Quantile maps from the standard normal law to symmetric laws with a density ∝ exp(−h), h convex and even. */
import { gaussLegendre } from './quadrature.ts';

/** h(x) and h(x + s) − h(x) for s ≥ 0, the latter without cancellation. */
export interface ConvexPotential {
  value(x: number): number;
  rise(x: number, s: number): number;
}

const RULE = gaussLegendre(80);
const NODES = Float64Array.from(RULE, ({ value }) => value);
const WEIGHTS = Float64Array.from(RULE, ({ weight }) => weight);
/** Rise of the potential past which exp(−rise) is left out of integrals. */
const NEGLIGIBLE = 38;

const normal: ConvexPotential = { value: (x) => 0.5 * x * x, rise: (x, s) => s * (x + 0.5 * s) };

/** Halvings of the interval in which that rise is reached before the integral is taken up to its end. */
const HALVINGS = 5;

/** ∫_0^∞ exp(−(h(x + s) − h(x))) ds for x ≥ 0, relative error about 1e-12. */
function tail({ rise }: ConvexPotential, x: number): number {
  let length = 1;
  while (rise(x, length) < NEGLIGIBLE) length *= 2;
  while (rise(x, length / 2) >= NEGLIGIBLE) length /= 2;
  for (let low = length / 2, i = 0; i < HALVINGS; i++) {
    const middle = 0.5 * (low + length);
    if (rise(x, middle) < NEGLIGIBLE) low = middle;
    else length = middle;
  }
  let sum = 0;
  for (let i = 0; i < NODES.length; i++) sum += WEIGHTS[i] * Math.exp(-rise(x, NODES[i] * length));
  return length * sum;
}

/** Distance in z from which a value is extrapolated, and the relative size of the last step but one. */
const [NEAR, ENOUGH] = [0.8, 1e-7];

/** The odd increasing map X for which X(Z) has density ∝ exp(−h) when Z is standard normal; remembers its values. */
export function transportFromNormal(potential: ConvexPotential): (z: number) => number {
  const offset = Math.log(tail(potential, 0)) - potential.value(0) - Math.log(tail(normal, 0));
  const known = new Map<number, number>([[0, 0]]);
  // Where the last value was taken, and the slope of X there: most are taken in turn.
  let last = { z: 0, x: 0, slope: tail(potential, 0) / tail(normal, 0) };
  /** ln P(X > x) beyond that of the normal law. */
  const excess = (x: number, rest: number, target: number) => Math.log(rest) - potential.value(x) - target;
  const solve = (z: number): number => {
    const ofNormal = tail(normal, z);
    const target = Math.log(ofNormal) - normal.value(z) + offset;
    let x = 1;
    if (Math.abs(z - last.z) < NEAR) x = Math.max(0, last.x + last.slope * (z - last.z));
    else while (excess(x, tail(potential, x), target) > 0) x *= 2;
    let ofPotential = 0;
    // ln P(X > x) is concave: Newton's method falls to the root without overshooting, after at most one step past it.
    for (let i = 0; i < 100; i++) {
      ofPotential = tail(potential, x);
      const step = ofPotential * excess(x, ofPotential, target);
      x = Math.max(0, x + step);
      // The next step is about the square of this one.
      if (Math.abs(step) <= ENOUGH * x) break;
    }
    last = { z, x, slope: ofPotential / ofNormal };
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
