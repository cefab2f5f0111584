/**
 * Solves Ax = b in place of b, with row pivoting; A, n×n row by row, is overwritten.
 * @returns false where A is singular to working precision.
 */
export function solveDense(a: Float64Array, b: Float64Array): boolean {
  const n = b.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    }
    if (!(Math.abs(a[pivot * n + k]!) > Number.MIN_VALUE)) return false;
    if (pivot !== k) {
      for (let j = k; j < n; j++) {
        [a[k * n + j], a[pivot * n + j]] = [a[pivot * n + j]!, a[k * n + j]!];
      }
      [b[k], b[pivot]] = [b[pivot]!, b[k]!];
    }
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k]! / a[k * n + k]!;
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
      b[i]! -= factor * b[k]!;
    }
  }
  for (let k = n - 1; k >= 0; k--) {
    for (let j = k + 1; j < n; j++) b[k]! -= a[k * n + j]! * b[j]!;
    b[k]! /= a[k * n + k]!;
  }
  return b.every(Number.isFinite);
}
