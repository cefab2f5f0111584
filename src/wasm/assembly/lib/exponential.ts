/** Exponential function, exact to 2 units in the last place of float32. */
import { constant, line } from './lanes';

/** 3·2²² beside an integer below 2²² leaves that integer, rounded, in the low bits. */
const ROUNDER: f32 = 12582912;

// Bounds of the argument, 1/ln 2, −ln 2 in two parts, then (eʳ − 1 − r)/r² for |r| ≤ ½ ln 2, interpolated at
// Chebyshev nodes: relative error of eʳ 1·10⁻⁸.
const table = memory.data<f32>([
  -87, 88, 1.4426950408889634, -0.693359375, 0.000212194440054690583, 0.5000000013, 0.1666657697,
  0.04166646488, 0.008363181545, 0.00139336537, 1,
]);

/** Replace every x of at … end by eˣ; beyond −87 … 88 as at the nearer bound; NaN stays NaN. */
export function toExponential(at: usize, end: usize): void {
  const least = constant(table, 0);
  const largest = constant(table, 1);
  const perLog2 = constant(table, 2);
  const log2 = constant(table, 3);
  const rest = constant(table, 4);
  const c2 = constant(table, 5);
  const c3 = constant(table, 6);
  const c4 = constant(table, 7);
  const c5 = constant(table, 8);
  const c6 = constant(table, 9);
  const one = constant(table, 10);
  const rounder = f32x4.splat(ROUNDER);
  for (; at < end; at += 16) {
    const x = f32x4.pmin(f32x4.pmax(v128.load(at), least), largest);
    const shifted = line(rounder, perLog2, x);
    const n = f32x4.sub(shifted, rounder);
    const r = line(line(x, log2, n), rest, n);
    const series = line(c2, r, line(c3, r, line(c4, r, line(c5, r, c6))));
    const fraction = line(f32x4.add(one, r), f32x4.mul(r, r), series);
    // fraction·2ⁿ: n goes to the exponent.
    v128.store(at, i32x4.add(fraction, i32x4.shl(shifted, 23)));
  }
}
