/** LU factors in place of A, n×n row by row, with row pivoting: false where A is singular to working precision. */
export function factorDense(a: Float64Array, pivots: Int32Array): boolean {
  const n = pivots.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i * n + k]!) > Math.abs(a[pivot * n + k]!)) pivot = i;
    }
    pivots[k] = pivot;
    if (!(Math.abs(a[pivot * n + k]!) > Number.MIN_VALUE)) return false;
    if (pivot !== k) {
      for (let j = 0; j < n; j++) {
        const kept = a[k * n + j]!;
        a[k * n + j] = a[pivot * n + j]!;
        a[pivot * n + j] = kept;
      }
    }
    for (let i = k + 1; i < n; i++) {
      const factor = (a[i * n + k]! /= a[k * n + k]!);
      for (let j = k + 1; j < n; j++) a[i * n + j]! -= factor * a[k * n + j]!;
    }
  }
  return true;
}

/** b ← A⁻¹b from what `factorDense` has made of A. */
export function solveFactored(a: Float64Array, pivots: Int32Array, b: Float64Array): void {
  const n = pivots.length;
  for (let k = 0; k < n; k++) {
    const kept = b[pivots[k]!]!;
    b[pivots[k]!] = b[k]!;
    b[k] = kept;
  }
  for (let i = 1; i < n; i++) {
    for (let j = 0; j < i; j++) b[i]! -= a[i * n + j]! * b[j]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let j = i + 1; j < n; j++) b[i]! -= a[i * n + j]! * b[j]!;
    b[i]! /= a[i * n + i]!;
  }
}

/** Solves Ax = b in place of b; A is overwritten. False where A is singular to working precision. */
export function solveDense(a: Float64Array, b: Float64Array): boolean {
  const pivots = new Int32Array(b.length);
  if (!factorDense(a, pivots)) return false;
  solveFactored(a, pivots, b);
  return b.every(Number.isFinite);
}
