/** How far a process has gone from the limit that predicts it. */
import type { AnyModel } from '../models/model.ts';
import type { Trajectory } from './trajectory.ts';

/** Name of the limit that predicts a process, or else of the main one, which the process may follow as well. */
export function limitOf({ limits }: AnyModel, process: string): string {
  const main = Object.keys(limits).filter((name) => !limits[name]!.optional);
  return main.find((name) => limits[name]!.predicts === process) ?? main[0]!;
}

export interface Deviation {
  /** Recorded time of the process. */
  readonly t: number;
  /** Mean over runs relative to the limit: (mean − limit)/limit. */
  readonly relative: number;
  /** Standard error of `relative` over runs; NaN for a single run. */
  readonly standardError: number;
}

/** A curve at time t, linear between its points; NaN outside of them. `from`: a point at or before t. */
function interpolate(times: Float64Array, values: Float64Array, t: number, from: number): number {
  if (times[from] === t) return values[from]!;
  if (!(times[from]! < t)) return NaN;
  const share = (t - times[from]!) / (times[from + 1]! - times[from]!);
  return values[from]! + share * (values[from + 1]! - values[from]!);
}

/**
 * The largest relative deviation of the mean over runs from the limit, over the first `count` recorded times where
 * both are known and the limit is not 0; undefined where there is none. The times of SGD are whole iterations, not those
 * of the limit, which is interpolated.
 */
export function largestDeviation(
  process: Trajectory,
  limit: Trajectory,
  observable: string,
  count = process.length,
): Deviation | undefined {
  const mean = process.column(observable, 'mean');
  const sd = process.column(observable, 'sd');
  const exact = limit.column(observable, 'mean');
  let largest: Deviation | undefined;
  let from = 0;
  for (let i = 0; i < Math.min(count, process.length); i++) {
    const t = process.t[i]!;
    while (from + 1 < limit.length && limit.t[from + 1]! <= t) from++;
    const value = interpolate(limit.t, exact, t, from);
    const relative = (mean[i]! - value) / value;
    if (!Number.isFinite(relative) || Math.abs(relative) <= Math.abs(largest?.relative ?? 0)) continue;
    largest = { t, relative, standardError: sd[i]! / Math.sqrt(process.runs) / Math.abs(value) };
  }
  return largest;
}
