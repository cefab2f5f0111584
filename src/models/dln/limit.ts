/** The deterministic limit of SGD as d → ∞ (theory: diagonal linear networks, sections 3 and 5). */
import type { Frame, Limit, LimitUpdate } from '../model.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import { limitClasses, type Sampling } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';
import { statisticCount, toRecord, type StatisticName } from './statistics.ts';

/** How finely space, time and continuous laws are resolved. */
export interface Level extends Accuracy, Sampling {}

/**
 * A quick look, what replaces it, and what replaces that where the first two differ by more than `GOAL` allows. On
 * kinks, which many coordinates that learn late make, only more points help; on continuous laws more classes.
 */
export const levels: readonly Level[] = [
  { points: 61, reach: 6, half: 4, tolerance: 1e-6, budget: 100, refinement: 0.5 },
  { points: 101, reach: 7.25, half: 4, tolerance: 1e-8, budget: 400, refinement: 1 },
  { points: 141, reach: 7.5, half: 4, tolerance: 1e-9, budget: 1600, refinement: 2.5 },
];

/** Relative error that is aimed at. */
const GOAL = 1e-6;

/**
 * The error of a level that differs by δ from the coarser one before it: δ is the error of that one. Steps and grid
 * make it smaller by a constant, rules for continuous laws by a power. Compared with finer solutions of random
 * configurations by test/verify/limit.verify.ts.
 */
export function remaining(difference: number): number {
  return Math.min(difference, Math.max(difference / 10, difference ** 1.5));
}

/** Milliseconds of work between updates: a chart follows, a cancelled run stops. */
const PATIENCE = 30;

export function integrator(config: DlnConfig, saveAt: Float64Array, level: Level): LimitIntegrator {
  const { batchSize, labelNoise } = config;
  const coefficients = { batchSize, labelNoise, stepSizeAt: (t: number) => stepSizeAt(config, t) };
  return new LimitIntegrator(limitClasses(config, level), coefficients, saveAt, level);
}

function toFrame(t: number, sums: Float64Array | undefined, blowUp: number): Frame<StatisticName> {
  const record = toRecord(sums ?? new Float64Array(statisticCount).fill(NaN));
  const values = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Float64Array.of(value)]),
  ) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(sums ? NaN : blowUp) };
}

type Recorded = Pick<LimitIntegrator, 'recorded'>;

/** Largest relative difference in risk and all statistics at the saved times from `from` on that both have. */
export function difference(config: DlnConfig, fine: Recorded, coarse: Recorded, from: number): number {
  let largest = 0;
  const compare = (a: number, b: number) => {
    if (a !== b && a > 0 && b > 0) largest = Math.max(largest, Math.abs(a - b) / a);
  };
  for (let i = from; i < Math.min(fine.recorded.length, coarse.recorded.length); i++) {
    const [a, b] = [fine.recorded[i], coarse.recorded[i]];
    compare(a[0] + config.labelNoise ** 2, b[0] + config.labelNoise ** 2);
    for (let k = 1; k < statisticCount; k++) compare(a[k], b[k]);
  }
  return largest;
}

/** Lets other tasks of this thread run. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

async function* solve(
  config: DlnConfig,
  saveAt: Float64Array,
  signal: AbortSignal,
): AsyncGenerator<LimitUpdate<StatisticName>> {
  let coarse: LimitIntegrator | undefined;
  let vouched = false;
  for (const level of levels) {
    if (vouched) return;
    signal.throwIfAborted();
    const run = integrator(config, saveAt, level);
    let first = 0;
    let apart = 0;
    for (let running = true; running;) {
      const deadline = performance.now() + PATIENCE;
      while (running && performance.now() < deadline) running = run.advance();
      if (coarse) apart = Math.max(apart, difference(config, run, coarse, first));
      const reached = run.blowUp ? saveAt.length : run.recorded.length;
      const frames = Array.from(saveAt.subarray(first, reached), (t, i) =>
        toFrame(t, run.recorded[first + i], run.blowUp?.t ?? NaN),
      );
      const blowUp = run.blowUp && {
        t: run.blowUp.t,
        error: run.blowUp.error + Math.abs(run.blowUp.t - (coarse?.blowUp?.t ?? run.blowUp.t)),
      };
      signal.throwIfAborted();
      yield { first, frames, error: coarse ? remaining(apart) : NaN, ...(blowUp && { blowUp }) };
      first = reached;
      await breathe();
      signal.throwIfAborted();
    }
    vouched = coarse !== undefined && remaining(apart) <= GOAL;
    coarse = run;
  }
}

export const limit: Pick<Limit<StatisticName>, 'solve'> = {
  solve: (config, saveAt, signal) => solve(config as DlnConfig, saveAt, signal),
};
