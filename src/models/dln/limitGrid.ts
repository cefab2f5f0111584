/** The grid in z on which transport maps of a standard normal variable live. */
import { centredDifference, type CentredDifference } from '../../math/finiteDifferences.ts';
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
  /** d/dz and d²/dz² ; entry h reaches h + 1 points to each side. */
  readonly differences: readonly CentredDifference[];
}

export function normalGrid({ points, reach, half }: Resolution): NormalGrid {
  const spacing = (2 * reach) / (points - 1);
  const z = Float64Array.from({ length: points }, (_, j) => (j - (points - 1) / 2) * spacing);
  const mass = z.map(normalDensity);
  const total = mass.reduce((sum, value) => sum + value, 0);
  const differences = Array.from({ length: half }, (_, h) => {
    const { first, second } = centredDifference(h + 1);
    return { first: first.map((w) => w / spacing), second: second.map((w) => w / spacing ** 2) };
  });
  return { points, reach, half, z, spacing, mass: mass.map((value) => value / total), differences };
}
