/** The grid in z on which transport maps of a standard normal variable live. */
import { centredDifference } from '../../math/finiteDifferences.ts';
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
}

export function normalGrid({ points, reach, half }: Resolution): NormalGrid {
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
  return { points, reach, half, z, spacing, mass: mass.map((value) => value / total), first, second };
}
