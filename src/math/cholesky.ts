/** Roots of small symmetric matrices, stored row by row. */

/** Pivots below this multiple of the largest diagonal entry are rounding. */
const ROUNDING = 1e-12;

/**
 * Lower triangular C with C Cᵀ = A, for a positive semidefinite A, singular ones included; undefined where A has a
 * negative eigenvalue.
 *
 * @param a length n², symmetric
 */
export function cholesky(a: ArrayLike<number>, n: number): Float64Array | undefined {
  const root = new Float64Array(n * n);
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, Math.abs(a[i * n + i]!));
  const least = ROUNDING * largest;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let rest = a[i * n + j]!;
      for (let k = 0; k < j; k++) rest -= root[i * n + k]! * root[j * n + k]!;
      if (i === j) {
        if (!(rest >= -least)) return undefined;
        root[j * n + j] = rest > least ? Math.sqrt(rest) : 0;
      } else if (root[j * n + j]! > 0) {
        root[i * n + j] = rest / root[j * n + j]!;
      } else if (Math.abs(rest) > Math.sqrt(least * Math.abs(a[i * n + i]!)) + least) {
        return undefined;
      }
    }
  }
  return root;
}
