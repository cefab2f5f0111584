/**
 * Sobol' points: a sequence that fills the unit cube evenly, from primitive polynomials and initial direction numbers
 * (Sobol' 1967; the numbers are those of Joe & Kuo 2008).
 */

/** Degree, inner coefficients and initial numbers of a polynomial; the first dimension has none. */
const POLYNOMIALS: readonly (readonly [degree: number, inner: number, start: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
];

export const SOBOL_DIMENSIONS = POLYNOMIALS.length + 1;

/** Binary digits b of the direction numbers of a dimension: word b belongs to digit b of the index, lowest first. */
function directions(dimension: number): Uint32Array {
  const out = new Uint32Array(32);
  if (dimension === 0) return out.map((_, k) => 2 ** (31 - k));
  const [degree, inner, start] = POLYNOMIALS[dimension - 1];
  for (let k = 0; k < 32; k++) {
    if (k < degree) {
      out[k] = start[k] * 2 ** (31 - k);
      continue;
    }
    let value = out[k - degree] ^ (out[k - degree] >>> degree);
    for (let j = 1; j < degree; j++) {
      if ((inner >> (degree - 1 - j)) & 1) value ^= out[k - j];
    }
    out[k] = value;
  }
  return out;
}

/**
 * Coordinate `dimension` of the first points of the sequence, shifted digit by digit, which makes each uniform on (0, 1).
 * @param dimension 0 … SOBOL_DIMENSIONS − 1
 * @param shift a random word
 */
export function sobol(dimension: number, shift: number, out: Float64Array): void {
  const words = directions(dimension);
  let x = shift | 0;
  for (let i = 0; i < out.length; i++) {
    out[i] = ((x >>> 0) + 0.5) * 2 ** -32;
    // In Gray code one digit changes from point to point.
    x ^= words[31 - Math.clz32((i + 1) & -(i + 1))];
  }
}
