/**
 * The statistics of the diagonal linear network: means over coordinates of the summands below, one definition
 * for SGD, SDE and limit (theory: diagonal linear networks, section 3, observables). With e = β − β* and
 * κ = u² + v²:
 *
 *     weightedError λe²   squaredError e²   curvature λκ   gradientNorm λ²e²κ
 *     l1 |β|              l2 β²             imbalance |u² − v²|   offSupport β²·1[β* = 0]
 */

export const statisticNames = [
  'weightedError',
  'squaredError',
  'curvature',
  'gradientNorm',
  'l1',
  'l2',
  'imbalance',
  'offSupport',
] as const;

export type StatisticName = (typeof statisticNames)[number];

/** Length of the array that `accumulate` adds to. */
export const statisticCount = statisticNames.length;

/**
 * Adds `weight` times every summand of one coordinate to `into`, in the order of `statisticNames`.
 * The error is an argument of its own because β − β* has no correct digits once it is far below β*.
 *
 * @param into length `statisticCount`
 * @param weight share of the coordinates: 1/d, or the weight of a class times that of a grid point
 * @param eigenvalue λ
 * @param teacher β*
 * @param error e = β − β*
 * @param beta β = uv
 * @param kappa κ = u² + v²
 * @param imbalance |u² − v²|
 */
export function accumulate(
  into: Float64Array,
  weight: number,
  eigenvalue: number,
  teacher: number,
  error: number,
  beta: number,
  kappa: number,
  imbalance: number,
): void {
  const squaredError = weight * error * error;
  const l2 = weight * beta * beta;
  into[0] += eigenvalue * squaredError;
  into[1] += squaredError;
  into[2] += weight * eigenvalue * kappa;
  into[3] += eigenvalue * eigenvalue * squaredError * kappa;
  into[4] += weight * Math.abs(beta);
  into[5] += l2;
  into[6] += weight * imbalance;
  if (teacher === 0) into[7] += l2;
}

/** The sums by name. */
export function toRecord(sums: Float64Array): Record<StatisticName, number> {
  const entries = statisticNames.map((name, i) => [name, sums[i]]);
  return Object.fromEntries(entries) as Record<StatisticName, number>;
}
