/** Means over two normal outputs with kinks or steep places where either is 0. */
import { gaussLegendre, gaussRule } from '../../math/quadrature.ts';

/** Nodes in each of the four sectors between kinks, denser towards them. */
const sector = (nodes: number) =>
  gaussLegendre(nodes).map(({ value, weight }) => ({
    value: value * value * (3 - 2 * value),
    weight: 6 * value * (1 - value) * weight,
  }));
/** Polynomials of the outputs have high powers of sines, saturated functions only steep places. */
const [FINE, COARSE] = [sector(20), sector(14)];

/** Radii and weights for integrands that are polynomials of z²: Gauss–Laguerre in z²/2, exact to degree 14 in z. */
const POLYNOMIAL = gaussRule({ a: Float64Array.of(1, 3, 5, 7), b: Float64Array.of(0, 1, 2, 3) }).map(
  ({ value, weight }) => ({ value: Math.sqrt(2 * value), weight }),
);
/** Radii and weights for any smooth integrand. */
const SMOOTH = gaussLegendre(24).map(({ value, weight }) => {
  const z = 8 * value;
  return { value: z, weight: 8 * weight * z * Math.exp(-0.5 * z * z) };
});

/**
 * Σ weight·visit over (e, r*) with moments [[error, cross], [cross, s]], polar and split where r* = 0 or `centred` r = e + r*
 * (else e) = 0. `homogeneous`: the integrand is a polynomial of the radius, even once labels are averaged.
 */
export function overPlane(
  moments: Float64Array,
  centred: boolean,
  homogeneous: boolean,
  visit: (e: number, teacher: number, weight: number) => void,
): void {
  const [error, cross, s] = [moments[0]!, moments[1]!, moments[3]!];
  const scale = Math.sqrt(s);
  const along = cross / scale;
  const across = Math.sqrt(Math.max(error - along * along, 0));
  // e = z(along·cos + across·sin), r* = z·scale·cos
  const kink = Math.atan2(-(along + (centred ? scale : 0)), across);
  const turn = 2 * Math.PI;
  const edges = [kink, kink + Math.PI, Math.PI / 2, 1.5 * Math.PI]
    .map((angle) => ((angle % turn) + turn) % turn)
    .sort((x, y) => x - y);
  for (let sector = 0; sector < 4; sector++) {
    const from = edges[sector]!;
    const width = (sector < 3 ? edges[sector + 1]! : edges[0]! + turn) - from;
    for (const { value, weight } of homogeneous ? FINE : COARSE) {
      const [c, d] = [Math.cos(from + width * value), Math.sin(from + width * value)];
      const share = (weight * width) / turn;
      for (const radius of homogeneous ? POLYNOMIAL : SMOOTH) {
        const z = radius.value;
        visit(z * (along * c + across * d), z * scale * c, share * radius.weight);
      }
    }
  }
}
