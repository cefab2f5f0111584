/** Functions of small symmetric matrices, stored row by row. */

const SWEEPS = 30;

/** Eigenvalues, and eigenvectors as columns of an n×n matrix, by Jacobi's rotations. */
export function eigenOf(matrix: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = matrix.slice();
  const vectors = Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let largest = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) {
        const off = a[i * n + j];
        // Below this it changes no digit.
        if (Math.abs(off) <= 1e-17 * Math.sqrt(Math.abs(a[i * n + i] * a[j * n + j]))) continue;
        largest = Math.max(largest, Math.abs(off));
        const ratio = (a[i * n + i] - a[j * n + j]) / (2 * off);
        const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
        const cosine = 1 / Math.hypot(tangent, 1);
        const sine = tangent * cosine;
        for (let k = 0; k < n; k++) rotate(a, k * n + i, k * n + j, cosine, sine);
        for (let k = 0; k < n; k++) rotate(a, i * n + k, j * n + k, cosine, sine);
        for (let k = 0; k < n; k++) rotate(vectors, k * n + i, k * n + j, cosine, sine);
      }
    }
    if (largest === 0) break;
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * (n + 1)]), vectors };
}

function rotate(a: Float64Array, i: number, j: number, cosine: number, sine: number): void {
  const [first, second] = [a[i], a[j]];
  a[i] = cosine * first + sine * second;
  a[j] = cosine * second - sine * first;
}

/** V f(D) Vᵀ for a matrix with eigenvectors V. */
function assemble(vectors: Float64Array, values: Float64Array): Float64Array {
  const n = values.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += vectors[i * n + k] * values[k] * vectors[j * n + k];
      out[i * n + j] = sum;
    }
  }
  return out;
}

export interface Roots {
  /** Symmetric and positive semidefinite. */
  readonly root: Float64Array;
  /** Pseudo-inverse of the root. */
  readonly inverse: Float64Array;
}

/** Of a positive semidefinite matrix; eigenvalues of at most `least` count as 0. */
export function rootsOf(matrix: Float64Array, n: number, least: number): Roots {
  const { values, vectors } = eigenOf(matrix, n);
  const root = values.map((value) => (value > least ? Math.sqrt(value) : 0));
  return {
    root: assemble(vectors, root),
    inverse: assemble(
      vectors,
      root.map((value) => (value > 0 ? 1 / value : 0)),
    ),
  };
}

/** The matrix with its negative eigenvalues made 0. */
export function positivePart(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors } = eigenOf(matrix, n);
  return assemble(
    vectors,
    values.map((value) => Math.max(0, value)),
  );
}
