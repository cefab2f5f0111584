/**
 * LU factors of banded matrices: row i holds the 2·half + 1 entries of the columns i − half … i + half, those
 * outside the matrix unused. Elimination goes without pivoting; it is meant for matrices μI − J whose symmetric
 * part is positive.
 */

/**
 * Replaces the n rows at `offset` of `entries` by their LU factors; false on a vanishing pivot. Where half = 4,
 * entries outside the matrix must be 0.
 */
export function factorBanded(entries: Float64Array, offset: number, n: number, half: number): boolean {
  const width = 2 * half + 1;
  const few = half === 4 ? Math.min(n, 4) : n;
  for (let i = 0; i < few; i++) {
    // Index of column 0 of row i, were it stored.
    const row = offset + i * width + half - i;
    for (let k = Math.max(0, i - half); k < i; k++) {
      const pivotRow = offset + k * width + half - k;
      const multiplier = entries[row + k] * entries[pivotRow + k];
      entries[row + k] = multiplier;
      const end = Math.min(n - 1, k + half);
      for (let j = k + 1; j <= end; j++) entries[row + j] -= multiplier * entries[pivotRow + j];
    }
    const inverse = 1 / entries[row + i];
    if (!Number.isFinite(inverse)) return false;
    // The diagonal holds its reciprocal: solves multiply.
    entries[row + i] = inverse;
  }
  return few === n || factorNineDiagonals(entries, offset, n);
}

/** The rest of the rows from the fifth on for half = 4, with the present row at hand. */
function factorNineDiagonals(entries: Float64Array, offset: number, n: number): boolean {
  for (let i = 4, row = offset + 36; i < n; i++, row += 9) {
    // Rows i − 4 … i − 1.
    const [a, b, c, d] = [row - 36, row - 27, row - 18, row - 9];
    const m0 = entries[row] * entries[a + 4];
    const m1 = (entries[row + 1] - m0 * entries[a + 5]) * entries[b + 4];
    const m2 = (entries[row + 2] - m0 * entries[a + 6] - m1 * entries[b + 5]) * entries[c + 4];
    const e3 = entries[row + 3] - m0 * entries[a + 7] - m1 * entries[b + 6] - m2 * entries[c + 5];
    const m3 = e3 * entries[d + 4];
    const e4 = entries[row + 4] - m0 * entries[a + 8] - m1 * entries[b + 7] - m2 * entries[c + 6];
    const inverse = 1 / (e4 - m3 * entries[d + 5]);
    if (!Number.isFinite(inverse)) return false;
    entries[row] = m0;
    entries[row + 1] = m1;
    entries[row + 2] = m2;
    entries[row + 3] = m3;
    // The diagonal holds its reciprocal: solves multiply.
    entries[row + 4] = inverse;
    entries[row + 5] -= m1 * entries[b + 8] + m2 * entries[c + 7] + m3 * entries[d + 6];
    entries[row + 6] -= m2 * entries[c + 8] + m3 * entries[d + 7];
    entries[row + 7] -= m3 * entries[d + 8];
  }
  return true;
}

/** Solves in place for the n values at `at` of `x`, with the factors that `factorBanded` left. */
export function solveBanded(
  factors: Float64Array,
  offset: number,
  n: number,
  half: number,
  x: Float64Array,
  at: number,
): void {
  if (half === 4 && n >= 4) return solveNineDiagonals(factors, offset, n, x, at);
  const width = 2 * half + 1;
  for (let i = 0; i < n; i++) {
    const row = offset + i * width + half - i;
    let sum = x[at + i];
    for (let k = Math.max(0, i - half); k < i; k++) sum -= factors[row + k] * x[at + k];
    x[at + i] = sum;
  }
  for (let i = n - 1; i >= 0; i--) {
    const row = offset + i * width + half - i;
    const end = Math.min(n - 1, i + half);
    let sum = x[at + i];
    for (let k = i + 1; k <= end; k++) sum -= factors[row + k] * x[at + k];
    x[at + i] = sum * factors[row + i];
  }
}

/** The same for half = 4, with the last four values at hand. Entries outside the matrix must be finite. */
function solveNineDiagonals(
  factors: Float64Array,
  offset: number,
  n: number,
  x: Float64Array,
  at: number,
): void {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = at, row = offset; i < at + n; i++, row += 9) {
    const rest = x[i] - factors[row] * a - factors[row + 1] * b - factors[row + 2] * c;
    a = b;
    b = c;
    c = d;
    d = rest - factors[row + 3] * c;
    x[i] = d;
  }
  a = b = c = d = 0;
  for (let i = at + n - 1, row = offset + 9 * n - 9; i >= at; i--, row -= 9) {
    const rest = x[i] - factors[row + 8] * a - factors[row + 7] * b - factors[row + 6] * c;
    a = b;
    b = c;
    c = d;
    d = (rest - factors[row + 5] * c) * factors[row + 4];
    x[i] = d;
  }
}
