/** What a solution of the limit is, and how far two of them are apart. */
import type { Nodes } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { statisticCount, statisticNames } from './statistics.ts';

/** Relative error that is aimed at. */
export const GOAL = 1e-6;
/** Squares of widths leave the range of numbers: statistics below this count as zero. */
export const VANISHED = 1e-240;
/** What lies beyond the ends of maps in units of the terms there: both fall fast. */
export const TAIL = 3;

/** A solution as far as it has come; each one replaces the one before. */
export interface Solution {
  /** Sums of all statistics at the saved times reached. */
  readonly recorded: readonly Float64Array[];
  readonly blowUp: { readonly t: number; readonly error: number } | undefined;
  /** Estimated relative error; NaN while it is not known. */
  readonly error: number;
  /** Number of the solution, from 0. */
  readonly level: number;
  /** Number of classes. */
  readonly classes: number;
  /** Multiple of `nodes`. */
  readonly refinement: number;
  /** Points of each continuous law at refinement 1, where they have been measured. */
  readonly nodes?: Nodes;
  /** Whether classes stood for ranges of eigenvalues. */
  readonly spread?: boolean;
  /** Whether all classes were coupled after passes did not settle. */
  readonly coupled?: boolean;
}

type Recorded = Pick<Solution, 'recorded'>;

/** Largest relative difference of risk and of each statistic at the saved times from `from` on that both have. */
export function differences(config: DlnConfig, fine: Recorded, coarse: Recorded, from: number): Float64Array {
  const largest = new Float64Array(statisticCount);
  for (let i = from; i < Math.min(fine.recorded.length, coarse.recorded.length); i++) {
    const [a, b] = [fine.recorded[i], coarse.recorded[i]];
    for (let k = 0; k < statisticCount; k++) {
      const noise = k === 0 ? config.labelNoise ** 2 : 0;
      const [x, y] = [a[k] + noise, b[k] + noise];
      if (x !== y && x > VANISHED && y > VANISHED) largest[k] = Math.max(largest[k], Math.abs(x - y) / x);
    }
  }
  return largest;
}

/** The largest of these. */
export function difference(config: DlnConfig, fine: Recorded, coarse: Recorded, from: number): number {
  return Math.max(...differences(config, fine, coarse, from));
}

/** Share of off-support energy in the outermost terms of its sum from which on rarer coordinates than the grid holds make it. */
const RARE = 1e-3;
/** The square of rounding: off-support energy below this multiple of the squared error has no digits. */
const FLOOR = 1e-30;
const OFF_SUPPORT = statisticNames.indexOf('offSupport');
const SQUARED_ERROR = statisticNames.indexOf('squaredError');

/**
 * Makes NaN what grids do not hold: no number is better than a wrong one. Returns the largest share of a remaining
 * statistic in the terms at the ends of the maps.
 *
 * @param edges terms of the sums at the ends
 */
export function omitUnknown(sums: Float64Array, edges: Float64Array): number {
  const energy = sums[OFF_SUPPORT]!;
  if (edges[OFF_SUPPORT]! > RARE * energy) sums[OFF_SUPPORT] = NaN;
  if (energy > 0 && energy < FLOOR * sums[SQUARED_ERROR]!) sums[OFF_SUPPORT] = NaN;
  return sums.reduce((largest, sum, k) => (sum > 0 ? Math.max(largest, edges[k]! / sum) : largest), 0);
}
