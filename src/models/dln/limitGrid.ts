/** The grid in z on which transport maps of a standard normal variable live. */
import { normalDensity } from '../../math/gaussian.ts';
import { uniformStencils, type Stencils } from '../../math/finiteDifferences.ts';

export interface NormalGrid extends Stencils {
  /** Uniform points on [−reach, reach], an odd number: 0 is the middle one. */
  readonly z: Float64Array;
  readonly spacing: number;
  /** Trapezoid weights of the standard normal law, sum 1. */
  readonly mass: Float64Array;
}

/** How fine a grid is: odd number of points, largest |z|, points per finite-difference stencil. */
export interface Resolution {
  readonly points: number;
  readonly reach: number;
  readonly width: number;
}

export function normalGrid({ points, reach, width }: Resolution): NormalGrid {
  const spacing = (2 * reach) / (points - 1);
  const z = Float64Array.from({ length: points }, (_, j) => (j - (points - 1) / 2) * spacing);
  const mass = z.map(normalDensity);
  const total = mass.reduce((sum, value) => sum + value, 0);
  return { ...uniformStencils(points, spacing, width), z, spacing, mass: mass.map((value) => value / total) };
}
