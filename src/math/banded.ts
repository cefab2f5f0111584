/**
 * LU factors of banded matrices whose row i holds `width` entries in the columns start[i] … start[i]+width−1,
 * start non-decreasing: the shape of finite-difference stencils with one-sided rows at the ends. Elimination
 * without pivoting keeps this shape exactly; it is meant for matrices μI − J whose symmetric part is positive.
 */

/** Replaces the n × width entries at `offset` of `entries` by their LU factors; false on a vanishing pivot. */
export function factorBanded(
  entries: Float64Array,
  offset: number,
  start: Int32Array,
  width: number,
): boolean {
  const n = start.length;
  for (let i = 0; i < n; i++) {
    const row = offset + i * width - start[i];
    for (let k = start[i]; k < i; k++) {
      const pivotRow = offset + k * width - start[k];
      const multiplier = entries[row + k] * entries[pivotRow + k];
      entries[row + k] = multiplier;
      const end = start[k] + width;
      for (let j = k + 1; j < end; j++) entries[row + j] -= multiplier * entries[pivotRow + j];
    }
    const inverse = 1 / entries[row + i];
    if (!Number.isFinite(inverse)) return false;
    // The diagonal holds its reciprocal: solves multiply.
    entries[row + i] = inverse;
  }
  return true;
}

/** Solves in place for the n values at `at` of `x`, with the factors that `factorBanded` left. */
export function solveBanded(
  factors: Float64Array,
  offset: number,
  start: Int32Array,
  width: number,
  x: Float64Array,
  at: number,
): void {
  const n = start.length;
  for (let i = 0; i < n; i++) {
    const row = offset + i * width - start[i];
    let sum = x[at + i];
    for (let k = start[i]; k < i; k++) sum -= factors[row + k] * x[at + k];
    x[at + i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = offset + i * width - start[i];
    const end = start[i] + width;
    let sum = x[at + i];
    for (let k = i + 1; k < end; k++) sum -= factors[row + k] * x[at + k];
    x[at + i] = sum * factors[row + i];
  }
}
