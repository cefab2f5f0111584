/**
 * From grids of steps h, 2h and 4h to step 0 (theory: multi-pass SGD, section 4). Arrays hold rows of values at the saved
 * times, row after row.
 */

export interface Extrapolated {
  readonly values: Float64Array;
  /** The same by a method that is off by more: half the difference counts as error. */
  readonly check: Float64Array;
}

/** Cubic interpolation of values at 0, h, 2h, … */
export function interpolate(values: (k: number) => number, last: number, at: number): number {
  if (last < 3) return values(Math.round(at));
  const first = Math.min(Math.max(Math.floor(at) - 1, 0), last - 3);
  const x = at - first;
  return (
    (-values(first) * (x - 1) * (x - 2) * (x - 3)) / 6 +
    (values(first + 1) * x * (x - 2) * (x - 3)) / 2 -
    (values(first + 2) * x * (x - 1) * (x - 3)) / 2 +
    (values(first + 3) * x * (x - 1) * (x - 2)) / 6
  );
}

/** First order, from h and 2h. */
export function linear(fine: Float64Array, middle: Float64Array): Float64Array {
  return fine.map((value, i) => 2 * value - middle[i]);
}

/**
 * Of SGD and its modified equation, errors of which are of first order. Second order left 1 % of q of the modified
 * equation where the first one took away 6 %. Before the first step of the coarsest grid the check is the finest grid
 * alone, as the others know nothing of these times.
 *
 * @param samples on grids of steps h, 2h, 4h
 */
export function jumpsAtZero(
  [fine, middle, coarse]: readonly Float64Array[],
  saveAt: Float64Array,
  h: number,
): Extrapolated {
  const lower = linear(fine, middle);
  return {
    values: fine.map((value, i) => (8 * value - 6 * middle[i] + coarse[i]) / 3),
    check: lower.map((value, i) => (saveAt[i % saveAt.length] < 4 * h ? fine[i] : value)),
  };
}

/** Of gradient flow, steps of which are of second order. */
export function flowAtZero(fine: Float64Array, coarse: Float64Array): Extrapolated {
  return {
    values: fine.map((value, i) => (4 * value - coarse[i]) / 3),
    // Half-way to the finer grid: what the extrapolation leaves is of another order than what it takes away.
    check: fine.map((value, i) => (7 * value - coarse[i]) / 6),
  };
}
