/**
 * The grid on which transport maps of a standard normal variable z live: uniform in s with step 1, where
 * ds/dz = (1 + crowding·e^{−z²/2})/h. A random start spreads the middle of its law widely over angles, and crowded
 * points there resolve the front of those that have been learnt. In s the normal law has the density φ(z)·dz/ds.
 */
import { erf } from '../../math/erf.ts';
import { centredDifference, fornbergWeights } from '../../math/finiteDifferences.ts';
import { normalDensity } from '../../math/gaussian.ts';

/** How fine a grid is. */
export interface Resolution {
  /** Odd number of points. */
  readonly points: number;
  /** Largest |z|. */
  readonly reach: number;
  /** Finite differences reach at most so many points to each side: their order is twice that. */
  readonly half: number;
  /** How much denser points are at z = 0 than at the ends: 0 where there is none given, for a grid uniform in z. */
  readonly crowding?: number;
}

export interface NormalGrid extends Resolution {
  /** Points on [−reach, reach]: 0 is the middle one. */
  readonly z: Float64Array;
  /** ds/dz at the points. */
  readonly density: Float64Array;
  /** −d/ds of the logarithm of the density of the law in s. */
  readonly pull: Float64Array;
  /** Trapezoid weights of the standard normal law, sum 1. */
  readonly mass: Float64Array;
  /** Weights of d/ds by reach 0 … half, half + 1 per reach, as in `CentredDifference`. */
  readonly first: Float64Array;
  /** The same of d²/ds². */
  readonly second: Float64Array;
  /** The same points and more in between, for integrands with a kink. */
  readonly fine: FineGrid;
}

/** Points between those of a grid. */
export interface FineGrid {
  /** Steps per step of the grid. */
  readonly factor: number;
  /** Trapezoid weights at all points. */
  readonly mass: Float64Array;
  /** Interpolation weights: WIDTH for each point in between, by start of the stencil 0 … WIDTH − 2, then by point. */
  readonly weights: Float64Array;
}

/** Points that values in between are interpolated from. */
const WIDTH = 10;
/** Spacing between points that resolves a kink, with h = 1. */
const RESOLVING = 0.13;

/** s·h as a function of z. */
const stretched = (z: number, crowding: number): number =>
  z + crowding * Math.sqrt(Math.PI / 2) * erf(z / Math.SQRT2);

/** Number of points with step `spacing` between those at the ends, and up to 1 + `crowding` times as dense between. */
export function pointsOf(reach: number, spacing: number, crowding: number): number {
  return 2 * Math.round(stretched(reach, crowding) / spacing) + 1;
}

/** `count` points, uniform in s from end to end. */
function placed(count: number, reach: number, crowding: number): Float64Array {
  const middle = (count - 1) / 2;
  const end = stretched(reach, crowding);
  return Float64Array.from({ length: count }, (_, j) => {
    const wanted = (Math.abs(j - middle) / middle) * end;
    if (crowding === 0) return Math.sign(j - middle) * wanted;
    // Concave where z > 0: Newton's method rises to the root from where the slope is steepest.
    let z = 0;
    for (let i = 0; i < 100; i++) {
      const step = (wanted - stretched(z, crowding)) / (1 + crowding * Math.exp(-0.5 * z * z));
      z += step;
      if (step <= 1e-15 * z) break;
    }
    return Math.sign(j - middle) * z;
  });
}

/** Trapezoid weights of the standard normal law at points uniform in s, sum 1. */
function massOf(z: Float64Array, crowding: number): Float64Array {
  const mass = z.map((value) => normalDensity(value) / (1 + crowding * Math.exp(-0.5 * value * value)));
  const total = mass.reduce((sum, value) => sum + value, 0);
  return mass.map((value) => value / total);
}

function fineGrid(points: number, reach: number, crowding: number): FineGrid {
  const factor = Math.ceil((2 * stretched(reach, crowding)) / (points - 1) / RESOLVING);
  const mass = massOf(placed((points - 1) * factor + 1, reach, crowding), crowding);
  const nodes = Float64Array.from({ length: WIDTH }, (_, k) => k);
  const inner = factor - 1;
  const weights = new Float64Array((WIDTH - 1) * inner * WIDTH);
  for (let start = 0; start < WIDTH - 1; start++) {
    for (let m = 0; m < inner; m++) {
      weights.set(fornbergWeights(start + (m + 1) / factor, nodes, 0), (start * inner + m) * WIDTH);
    }
  }
  return { factor, mass, weights };
}

/** Values at the points of the fine grid, from those at the points of the grid. */
export function interpolateFinely(values: Float64Array, { factor, mass, weights }: FineGrid): Float64Array {
  if (factor === 1) return values;
  const fine = new Float64Array(mass.length);
  const last = values.length - 1;
  for (let j = 0; j < last; j++) {
    const first = Math.min(Math.max(j - WIDTH / 2 + 1, 0), last + 1 - WIDTH);
    fine[j * factor] = values[j];
    let w = (j - first) * (factor - 1) * WIDTH;
    for (let m = 1; m < factor; m++) {
      let sum = 0;
      for (let k = first; k < first + WIDTH; k++, w++) sum += weights[w] * values[k];
      fine[j * factor + m] = sum;
    }
  }
  fine[last * factor] = values[last];
  return fine;
}

const known = new Map<string, NormalGrid>();

export function normalGrid(resolution: Resolution): NormalGrid {
  const key = `${resolution.points} ${resolution.reach} ${resolution.half} ${resolution.crowding ?? 0}`;
  let grid = known.get(key);
  if (!grid) known.set(key, (grid = makeGrid(resolution)));
  return grid;
}

function makeGrid({ points, reach, half, crowding = 0 }: Resolution): NormalGrid {
  if (points % 2 !== 1) throw new RangeError(`points of the grid in z are ${points}: expected an odd number`);
  const spacing = (2 * stretched(reach, crowding)) / (points - 1);
  const z = placed(points, reach, crowding);
  const density = z.map((value) => (1 + crowding * Math.exp(-0.5 * value * value)) / spacing);
  const pull = z.map((value, j) => {
    const crowd = crowding * Math.exp(-0.5 * value * value);
    return (value * (1 - crowd / (1 + crowd))) / density[j]!;
  });
  const first = new Float64Array((half + 1) ** 2);
  const second = new Float64Array((half + 1) ** 2);
  for (let row = 1; row <= half; row++) {
    const weights = centredDifference(row);
    first.set(weights.first, row * (half + 1));
    second.set(weights.second, row * (half + 1));
  }
  const mass = massOf(z, crowding);
  const fine = fineGrid(points, reach, crowding);
  return { points, reach, half, crowding, z, density, pull, mass, first, second, fine };
}
