/**
 * Differences of the transport map of one class along its grid, and what they add to the Jacobian of its drift by
 * noise, push = (pull + X_ss/X_s)/X_s. They are functions of arrays, apart from all classes: compilers of JavaScript
 * make several times faster code of them.
 */
import type { NormalGrid } from './limitGrid.ts';

/** Ratio of gaps within one difference past which it is shortened. */
const KINK = 8;

/**
 * The number of points to each side that each difference of the values at `first` reaches: less where neighbouring
 * gaps differ much, 0 at the ends.
 */
export function chooseReach(
  y: Float64Array,
  first: number,
  points: number,
  half: number,
  reaches: Uint8Array,
): void {
  for (let j = 1, k = first + 1; j < points - 1; j++, k++) {
    const most = Math.min(half, j, points - 1 - j);
    let least = Infinity;
    let largest = 0;
    let reach = 0;
    while (reach < most) {
      const left = y[k - reach] - y[k - reach - 1];
      const right = y[k + reach + 1] - y[k + reach];
      if (left < least) least = left;
      if (right < least) least = right;
      if (left > largest) largest = left;
      if (right > largest) largest = right;
      if (reach > 0 && !(largest < KINK * least)) break;
      reach++;
    }
    reaches[k] = reach;
  }
}

/** Fills X_s and X_ss/X_s of the values at `first`; false where the map is not increasing. */
export function differentiate(
  y: Float64Array,
  offset: number,
  grid: NormalGrid,
  reaches: Uint8Array,
  slope: Float64Array,
  bends: Float64Array,
): boolean {
  const { points, half, first, second } = grid;
  // Weights of the longest differences.
  const full = half * (half + 1);
  const [f1, f2, f3, f4] = [first[full + 1], first[full + 2], first[full + 3], first[full + 4]];
  const [g1, g2, g3, g4] = [second[full + 1], second[full + 2], second[full + 3], second[full + 4]];
  for (let j = 0, k = offset; j < points; j++, k++) {
    const reach = reaches[k];
    const centre = 2 * y[k];
    let y1 = 0;
    let y2 = 0;
    if (reach === 4 && half === 4) {
      const d1 = y[k + 1] - y[k - 1];
      const s1 = y[k + 1] + y[k - 1] - centre;
      const d2 = y[k + 2] - y[k - 2];
      const s2 = y[k + 2] + y[k - 2] - centre;
      const d3 = y[k + 3] - y[k - 3];
      const s3 = y[k + 3] + y[k - 3] - centre;
      const d4 = y[k + 4] - y[k - 4];
      const s4 = y[k + 4] + y[k - 4] - centre;
      y1 = f1 * d1 + f2 * d2 + (f3 * d3 + f4 * d4);
      y2 = g1 * s1 + g2 * s2 + (g3 * s3 + g4 * s4);
    } else {
      for (let m = 1, row = reach * (half + 1) + 1; m <= reach; m++, row++) {
        const right = y[k + m];
        const left = y[k - m];
        y1 += first[row] * (right - left);
        y2 += second[row] * (right + left - centre);
      }
    }
    if (reach === 0) y1 = j === 0 ? y[k + 1] - y[k] : y[k] - y[k - 1];
    if (!(y1 > 0)) return false;
    slope[k] = y1;
    bends[k] = y2 / y1;
  }
  return true;
}

/** Fills push − θ from X_s and X_ss/X_s. */
export function pushed(
  offset: number,
  { points, pull }: NormalGrid,
  slope: Float64Array,
  bend: Float64Array,
  share: number,
  push: Float64Array,
): void {
  for (let j = 0, k = offset; j < points; j++, k++) push[k] = (pull[j] + bend[k]) / slope[k] - share;
}

/** Fills the rows of −noise·∂push/∂X from `at` on, as `factorBanded` takes them. */
export function fillRows(
  rows: Float64Array,
  at: number,
  offset: number,
  { points, half, first, second, pull }: NormalGrid,
  reaches: Uint8Array,
  slope: Float64Array,
  bend: Float64Array,
  noise: number,
): void {
  for (let j = 0, k = offset, row = at; j < points; j++, k++, row += 2 * half + 1) {
    const byBend = noise / (slope[k] * slope[k]);
    const bySlope = byBend * (pull[j] + 2 * bend[k]);
    const reach = reaches[k];
    const diagonal = row + half;
    let centre = 0;
    for (let m = 1, w = reach * (half + 1) + 1; m <= reach; m++, w++) {
      const odd = bySlope * first[w];
      const even = byBend * second[w];
      rows[diagonal + m] = odd - even;
      rows[diagonal - m] = -odd - even;
      centre += even;
    }
    for (let m = reach + 1; m <= half; m++) rows[diagonal + m] = rows[diagonal - m] = 0;
    if (reach === 0) {
      const inward = j === 0 ? 1 : -1;
      centre = (-inward * bySlope) / 2;
      rows[diagonal + inward] = inward * bySlope;
    }
    rows[diagonal] = 2 * centre;
  }
}
