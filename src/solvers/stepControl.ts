/** Choice of the step size of an adaptive integrator. */

/** Bounds on the ratio of consecutive step sizes, and the share of the ideal step that is taken. */
const [SMALLEST, LARGEST, SAFETY] = [0.2, 5, 0.9];

/**
 * Ratio of the next step to the present one for an embedded error estimate of order `order`, measured in units of
 * the tolerance: ≤ 1 means that the present step is accepted. Infinite where the step could not be taken at all.
 */
export function stepRatio(error: number, order: number): number {
  if (!Number.isFinite(error)) return SMALLEST;
  const ratio = SAFETY * Math.max(error, Number.MIN_VALUE) ** (-1 / (order + 1));
  return Math.min(LARGEST, Math.max(SMALLEST, ratio));
}
