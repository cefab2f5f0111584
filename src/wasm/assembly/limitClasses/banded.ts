/** LU factors of nine diagonals without pivoting: twin of src/math/banded.ts. Entries outside the matrix are 0. */
import { matrix, points, WIDTH } from './layout';

/** Entry `column` of the row at an address. */
function entry(row: usize, column: usize): f64 {
  return load<f64>(row + 8 * column);
}

/** Replaces the matrix by its factors; false on a vanishing pivot. */
export function factor(): bool {
  let row = matrix();
  for (let i = 0; i < points; i++, row += WIDTH) {
    // Rows above the first are free space: their multipliers are those of entries that are 0.
    const a = row - 4 * WIDTH;
    const b = row - 3 * WIDTH;
    const c = row - 2 * WIDTH;
    const d = row - WIDTH;
    const m0 = i > 3 ? entry(row, 0) * entry(a, 4) : 0;
    const m1 = i > 2 ? (entry(row, 1) - (i > 3 ? m0 * entry(a, 5) : 0)) * entry(b, 4) : 0;
    let e2 = entry(row, 2);
    if (i > 3) e2 -= m0 * entry(a, 6);
    if (i > 2) e2 -= m1 * entry(b, 5);
    const m2 = i > 1 ? e2 * entry(c, 4) : 0;
    let e3 = entry(row, 3);
    if (i > 3) e3 -= m0 * entry(a, 7);
    if (i > 2) e3 -= m1 * entry(b, 6);
    if (i > 1) e3 -= m2 * entry(c, 5);
    const m3 = i > 0 ? e3 * entry(d, 4) : 0;
    let e4 = entry(row, 4);
    let e5 = entry(row, 5);
    let e6 = entry(row, 6);
    let e7 = entry(row, 7);
    if (i > 3) e4 -= m0 * entry(a, 8);
    if (i > 2) {
      e4 -= m1 * entry(b, 7);
      e5 -= m1 * entry(b, 8);
    }
    if (i > 1) {
      e4 -= m2 * entry(c, 6);
      e5 -= m2 * entry(c, 7);
      e6 -= m2 * entry(c, 8);
    }
    if (i > 0) {
      e4 -= m3 * entry(d, 5);
      e5 -= m3 * entry(d, 6);
      e6 -= m3 * entry(d, 7);
      e7 -= m3 * entry(d, 8);
    }
    const inverse = 1 / e4;
    if (!isFinite(inverse)) return false;
    store<f64>(row, m0);
    store<f64>(row, m1, 8);
    store<f64>(row, m2, 16);
    store<f64>(row, m3, 24);
    // The diagonal holds its reciprocal: solves multiply.
    store<f64>(row, inverse, 32);
    store<f64>(row, e5, 40);
    store<f64>(row, e6, 48);
    store<f64>(row, e7, 56);
  }
  return true;
}

/** Solves in place for the values at address x. */
export function solve(x: usize): void {
  let a: f64 = 0;
  let b: f64 = 0;
  let c: f64 = 0;
  let d: f64 = 0;
  let row = matrix();
  const end = x + 8 * <usize>points;
  for (let at = x; at < end; at += 8, row += WIDTH) {
    const rest = load<f64>(at) - entry(row, 0) * a - entry(row, 1) * b - entry(row, 2) * c;
    a = b;
    b = c;
    c = d;
    d = rest - entry(row, 3) * c;
    store<f64>(at, d);
  }
  a = b = c = d = 0;
  for (let at = end - 8; at >= x; at -= 8) {
    row -= WIDTH;
    const rest = load<f64>(at) - entry(row, 8) * a - entry(row, 7) * b - entry(row, 6) * c;
    a = b;
    b = c;
    c = d;
    d = (rest - entry(row, 5) * c) * entry(row, 4);
    store<f64>(at, d);
  }
}
