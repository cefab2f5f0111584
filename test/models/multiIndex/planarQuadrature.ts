/** Gaussian means of two outputs by independent quadrature, and moments as losses want them. */
import { gaussLegendre } from '../../../src/math/quadrature.ts';
import { toErrors, type Loss } from '../../../src/models/multiIndex/loss.ts';

const TURN = 2 * Math.PI;
const RADII = gaussLegendre(160).map(({ value, weight }) => ({ value: 11 * value, weight: 11 * weight }));
const ANGLES = gaussLegendre(120);

/** Mean over outputs with moments B of W: polar coordinates of two normals, split where an output changes sign. */
export function mean(b: readonly number[], f: (r: number, teacher: number) => number): number {
  const [p, q, , s] = b as [number, number, number, number];
  const teacherScale = Math.sqrt(s);
  const [along, across] = [q / teacherScale, Math.sqrt(Math.max(p - (q * q) / s, 0))];
  // r = along·cos + across·sin, r* = √s·cos
  const kink = Math.atan2(-along, across);
  const edges = [kink, kink + Math.PI, Math.PI / 2, (3 * Math.PI) / 2]
    .map((angle) => ((angle % TURN) + TURN) % TURN)
    .sort((x, y) => x - y);
  let sum = 0;
  edges.forEach((from, i) => {
    const width = (i < 3 ? edges[i + 1]! : edges[0]! + TURN) - from;
    for (const { value, weight } of ANGLES) {
      const angle = from + width * value;
      const [c, d] = [Math.cos(angle), Math.sin(angle)];
      for (const radius of RADII) {
        const z = radius.value;
        const density = z * Math.exp(-0.5 * z * z) * radius.weight * weight * (width / TURN);
        sum += density * f(z * (along * c + across * d), z * teacherScale * c);
      }
    }
  });
  return sum;
}

/** Moments of W, row by row. */
export const states: readonly (readonly [number, number, number, number])[] = [
  [0.8, 0.3, 0.3, 1.2],
  [2.5, -0.9, -0.9, 0.7],
];

/** Moments as the loss wants them, from those of W. */
export function errorsOf(loss: Loss, b: readonly number[]): Float64Array {
  const out = Float64Array.from(b);
  toErrors(loss, out, out);
  return out;
}
