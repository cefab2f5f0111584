/** The grid in z on which transport maps of a standard normal variable live. */
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
}

export interface NormalGrid extends Resolution {
  /** Uniform points on [−reach, reach]: 0 is the middle one. */
  readonly z: Float64Array;
  readonly spacing: number;
  /** Trapezoid weights of the standard normal law, sum 1. */
  readonly mass: Float64Array;
  /** Weights of d/dz by reach 0 … half, half + 1 per reach, as in `CentredDifference`. */
  readonly first: Float64Array;
  /** The same of d²/dz². */
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
  /** Interpolation weights by start of the stencil, 0 … WIDTH − 2, then by point in between, WIDTH per point. */
  readonly weights: readonly (readonly Float64Array[])[];
}

/** Points that values in between are interpolated from. */
const WIDTH = 10;
/** Spacing that resolves a kink. */
const RESOLVING = 0.13;

function fineGrid(points: number, reach: number): FineGrid {
  const spacing = (2 * reach) / (points - 1);
  const factor = Math.ceil(spacing / RESOLVING);
  const count = (points - 1) * factor + 1;
  const mass = Float64Array.from({ length: count }, (_, j) => normalDensity((j * spacing) / factor - reach));
  const total = mass.reduce((sum, value) => sum + value, 0);
  const nodes = Float64Array.from({ length: WIDTH }, (_, k) => k);
  const weights = Array.from({ length: WIDTH - 1 }, (_, start) =>
    Array.from({ length: factor - 1 }, (__, m) => fornbergWeights(start + (m + 1) / factor, nodes, 0)),
  );
  return { factor, mass: mass.map((value) => value / total), weights };
}

/** Values at the points of the fine grid, from those at the points of the grid. */
export function interpolateFinely(values: Float64Array, { factor, mass, weights }: FineGrid): Float64Array {
  if (factor === 1) return values;
  const fine = new Float64Array(mass.length);
  const last = values.length - 1;
  for (let j = 0; j < last; j++) {
    const first = Math.min(Math.max(j - WIDTH / 2 + 1, 0), last + 1 - WIDTH);
    fine[j * factor] = values[j];
    weights[j - first].forEach((row, m) => {
      let sum = 0;
      for (let k = 0; k < WIDTH; k++) sum += row[k] * values[first + k];
      fine[j * factor + m + 1] = sum;
    });
  }
  fine[last * factor] = values[last];
  return fine;
}

const known = new Map<string, NormalGrid>();

export function normalGrid(resolution: Resolution): NormalGrid {
  const key = `${resolution.points} ${resolution.reach} ${resolution.half}`;
  let grid = known.get(key);
  if (!grid) known.set(key, (grid = makeGrid(resolution)));
  return grid;
}

function makeGrid({ points, reach, half }: Resolution): NormalGrid {
  if (points % 2 !== 1) throw new RangeError(`points of the grid in z are ${points}: expected an odd number`);
  const spacing = (2 * reach) / (points - 1);
  const z = Float64Array.from({ length: points }, (_, j) => (j - (points - 1) / 2) * spacing);
  const mass = z.map(normalDensity);
  const total = mass.reduce((sum, value) => sum + value, 0);
  const first = new Float64Array((half + 1) ** 2);
  const second = new Float64Array((half + 1) ** 2);
  for (let row = 1; row <= half; row++) {
    const weights = centredDifference(row);
    first.set(
      weights.first.map((w) => w / spacing),
      row * (half + 1),
    );
    second.set(
      weights.second.map((w) => w / spacing ** 2),
      row * (half + 1),
    );
  }
  const fine = fineGrid(points, reach);
  return { points, reach, half, z, spacing, mass: mass.map((value) => value / total), first, second, fine };
}
