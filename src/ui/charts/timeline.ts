/** The x axis that all charts share: every recorded time of every drawn curve, in the chosen unit. */
import type { Trajectory } from '../../engine/trajectory.ts';
import type { Range } from './range.ts';
import type { Recorded } from './pin.ts';

export type TimeUnit = 't' | 'iterations' | 'samples' | 'epochs';

/** Axis titles. */
export const unitLabels: Readonly<Record<TimeUnit, string>> = {
  t: 'time t',
  iterations: 'iterations',
  samples: 'samples',
  epochs: 'epochs',
};

/** The unit asked for, or t where a model has no such thing as an epoch. */
function unitOf({ model }: Recorded, wanted: TimeUnit): TimeUnit {
  return wanted === 'epochs' && !model.epoch ? 't' : wanted;
}

/** Factor from t to the unit: iterations are t·clock, samples that times the samples of an iteration. */
export function perTime(experiment: Recorded, wanted: TimeUnit): number {
  const { model, config } = experiment;
  const unit = unitOf(experiment, wanted);
  if (unit === 't') return 1;
  if (unit === 'epochs') return 1 / model.epoch!(config);
  const iterations = model.clock(config);
  return unit === 'iterations' ? iterations : iterations * model.samplesPerIteration(config);
}

export interface Timeline {
  readonly unit: TimeUnit;
  readonly log: boolean;
  /**
   * From 0, or the first positive recorded time on a log axis, to the horizon of the first experiment; on a linear
   * axis to twice the last divergence where no curve goes on.
   */
  readonly range: Range;
  /** Increasing. */
  readonly x: readonly number[];
  /** Unit per t of the first experiment. */
  readonly scale: number;
  /** Position in x of each recorded frame; −1 for a frame without a place, such as t = 0 on a log axis. */
  readonly positions: ReadonlyMap<Trajectory, Int32Array>;
}

/** Time at which the last curve has ended by divergence, a median with half of its runs; Infinity while one goes on. */
function lastDivergence({ sources }: Recorded): number {
  const ends = sources.map(({ kind, blowUp, trajectory }) => {
    if (kind === 'limit') return blowUp?.t ?? Infinity;
    const sorted = trajectory.blowUp.map((t) => (Number.isNaN(t) ? Infinity : t)).sort();
    return sorted[Math.floor((sorted.length - 1) / 2)]!;
  });
  return Math.max(...ends);
}

/** Timeline of the first experiment, with the times of the others (pins) merged in; `whole`: to the horizon. */
export function timelineOf(
  experiments: readonly Recorded[],
  wanted: TimeUnit,
  log: boolean,
  whole = log,
): Timeline {
  const [first] = experiments;
  if (!first) throw new RangeError('timelineOf: expected at least one experiment');
  const unit = unitOf(first, wanted);
  const times = new Set<number>();
  const recorded = new Map<Trajectory, Float64Array>();
  const scale = perTime(first, unit);
  for (const t of first.saveAt) times.add(t * scale);
  for (const experiment of experiments) {
    const factor = perTime(experiment, unit);
    for (const { trajectory } of experiment.sources) {
      const x = trajectory.t.slice(0, trajectory.length).map((t) => t * factor);
      recorded.set(trajectory, x);
      for (const value of x) times.add(value);
    }
  }
  const kept = Float64Array.from(times).filter((value) => (log ? value > 0 : value >= 0));
  const x = Array.from(kept.sort());
  const place = new Map(x.map((value, i) => [value, i]));
  const positions = new Map<Trajectory, Int32Array>();
  for (const [trajectory, values] of recorded) {
    positions.set(
      trajectory,
      Int32Array.from(values, (value) => place.get(value) ?? -1),
    );
  }
  const shown = whole ? Infinity : 2 * Math.max(...experiments.map(lastDivergence));
  const horizon = Math.min(first.saveAt.at(-1) ?? 0, shown) * scale;
  const start = log ? (first.saveAt.find((t) => t > 0) ?? 1) * scale : 0;
  const range = { min: start, max: horizon > start ? horizon : start * 10 || 1 };
  return { unit, log, range, x, scale, positions };
}

/** Position of the time nearest to `value`, by distance on the axis as drawn; −1 where there is none. */
export function nearest({ x, log }: Pick<Timeline, 'x' | 'log'>, value: number): number {
  const measure = log ? Math.log : (v: number) => v;
  let low = 0;
  let high = x.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x[middle]! <= value) low = middle;
    else high = middle;
  }
  if (high < 0) return -1;
  const target = measure(log ? Math.max(value, x[0]!) : value);
  return Math.abs(measure(x[low]!) - target) <= Math.abs(measure(x[high]!) - target) ? low : high;
}
