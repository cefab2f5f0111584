/** ½E(Σ v_a φ(r_a) − Σ v*_n φ(r*_n))², φ(u) = erf(u/√2), with all its digits also where students reach their teachers. */
import { erf } from '../../math/erf.ts';
import { gaussLegendre } from '../../math/quadrature.ts';

const PATH = gaussLegendre(6);
/** Share of the largest risk below which the arcsines cancel too much. */
const SMALL = 1e-4;
/** Largest error for which the difference of two φ is integrated along its path. */
const CLOSE = 0.2;

/** φ(r* + e) − φ(r*) */
export function outputDifference(e: number, teacher: number): number {
  if (Math.abs(e) > CLOSE) return erf((teacher + e) / Math.SQRT2) - erf(teacher / Math.SQRT2);
  let sum = 0;
  for (const { value, weight } of PATH) sum += weight * Math.exp(-0.5 * (teacher + value * e) ** 2);
  return e * Math.sqrt(2 / Math.PI) * sum;
}

/**
 * The function of L×L moments of U = [E | X*]. `signed` are the weights v and −v*, E = X − X* where `matched` and
 * E = X where not.
 */
export function committeeExcess(
  signed: Float64Array,
  students: number,
  matched: boolean,
): (moments: Float64Array) => number {
  const size = signed.length;
  let largest = 0;
  for (const weight of signed) largest += Math.abs(weight);
  largest **= 2;

  /** Covariance of outputs i and j, counted as columns of W. */
  function covariance(moments: Float64Array, i: number, j: number): number {
    let sum = moments[i * size + j]!;
    if (!matched) return sum;
    if (i < students) sum += moments[(students + i) * size + j]!;
    if (j < students) sum += moments[i * size + students + j]!;
    if (i < students && j < students) sum += moments[(students + i) * size + students + j]!;
    return sum;
  }

  function arcsines(moments: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < size; i++) {
      const own = 1 + covariance(moments, i, i);
      sum += 0.5 * signed[i]! ** 2 * Math.asin((own - 1) / own);
      for (let j = 0; j < i; j++) {
        const norm = Math.sqrt(own * (1 + covariance(moments, j, j)));
        sum += signed[i]! * signed[j]! * Math.asin(covariance(moments, i, j) / norm);
      }
    }
    return (2 / Math.PI) * sum;
  }

  /** E(φ(r_a) − φ(r*_a))(φ(r_b) − φ(r*_b)) as an integral over both paths from X* to X, of closed Gaussian means. */
  function product(moments: Float64Array, a: number, b: number): number {
    const at = (i: number, j: number) => moments[i * size + j]!;
    const [ta, tb] = [students + a, students + b];
    let sum = 0;
    for (const { value: x, weight: wx } of PATH) {
      const varianceA = 1 + at(ta, ta) + 2 * x * at(a, ta) + x * x * at(a, a);
      const ownA = at(a, ta) + x * at(a, a);
      const otherB = at(b, ta) + x * at(a, b);
      for (const { value: y, weight: wy } of PATH) {
        const varianceB = 1 + at(tb, tb) + 2 * y * at(b, tb) + y * y * at(b, b);
        const shared = at(ta, tb) + x * at(a, tb) + y * at(ta, b) + x * y * at(a, b);
        const otherA = at(a, tb) + y * at(a, b);
        const ownB = at(b, tb) + y * at(b, b);
        const determinant = varianceA * varianceB - shared * shared;
        const along = varianceB * ownA * otherB - shared * (ownA * ownB + otherA * otherB);
        const inner = at(a, b) - (along + varianceA * otherA * ownB) / determinant;
        sum += (wx * wy * inner) / Math.sqrt(determinant);
      }
    }
    return (2 / Math.PI) * sum;
  }

  function paths(moments: Float64Array): number {
    let sum = 0;
    for (let a = 0; a < students; a++) {
      sum += 0.5 * signed[a]! ** 2 * product(moments, a, a);
      for (let b = 0; b < a; b++) sum += signed[a]! * signed[b]! * product(moments, a, b);
    }
    return sum;
  }

  return (moments) => {
    const direct = arcsines(moments);
    return matched && !(direct > SMALL * largest) ? paths(moments) : direct;
  };
}
