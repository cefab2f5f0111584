/** The deterministic limit of SGD as d → ∞ (theory: diagonal linear networks, sections 3 and 5). */
import type { Frame, Limit, LimitUpdate } from '../model.ts';
import { LimitIntegrator, type Accuracy } from './limitIntegrator.ts';
import { limitClasses } from './limitStart.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';
import { statisticCount, toRecord, type StatisticName } from './statistics.ts';

export interface Level extends Accuracy {
  /** Classes to aim at where a law is continuous. */
  readonly budget: number;
}

/** A quick look, and what replaces it; their difference is the error that is reported. */
export const levels: readonly Level[] = [
  { points: 61, reach: 6, half: 4, tolerance: 1e-6, budget: 100 },
  { points: 101, reach: 7.25, half: 4, tolerance: 1e-8, budget: 400 },
];

/** Milliseconds of work between updates: a chart follows, a cancelled run stops. */
const PATIENCE = 30;

export function integrator(config: DlnConfig, saveAt: Float64Array, level: Level): LimitIntegrator {
  const { batchSize, labelNoise } = config;
  const coefficients = { batchSize, labelNoise, stepSizeAt: (t: number) => stepSizeAt(config, t) };
  return new LimitIntegrator(limitClasses(config, level.budget), coefficients, saveAt, level);
}

function toFrame(t: number, sums: Float64Array | undefined, blowUp: number): Frame<StatisticName> {
  const record = toRecord(sums ?? new Float64Array(statisticCount).fill(NaN));
  const values = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Float64Array.of(value)]),
  ) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(sums ? NaN : blowUp) };
}

/** Largest relative difference in risk at the saved times from `from` on that both have. */
function difference(config: DlnConfig, fine: LimitIntegrator, coarse: LimitIntegrator, from: number): number {
  const risk = (sums: Float64Array): number => 0.5 * (sums[0] + config.labelNoise ** 2);
  let largest = 0;
  for (let i = from; i < Math.min(fine.recorded.length, coarse.recorded.length); i++) {
    const [a, b] = [risk(fine.recorded[i]), risk(coarse.recorded[i])];
    if (a !== b) largest = Math.max(largest, Math.abs(a - b) / a);
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
  for (const level of levels) {
    signal.throwIfAborted();
    const run = integrator(config, saveAt, level);
    let first = 0;
    let error = coarse ? 0 : NaN;
    for (let running = true; running;) {
      const deadline = performance.now() + PATIENCE;
      while (running && performance.now() < deadline) running = run.advance();
      if (coarse) error = Math.max(error, difference(config, run, coarse, first));
      const reached = run.blowUp ? saveAt.length : run.recorded.length;
      const frames = Array.from(saveAt.subarray(first, reached), (t, i) =>
        toFrame(t, run.recorded[first + i], run.blowUp?.t ?? NaN),
      );
      const blowUp = run.blowUp && {
        t: run.blowUp.t,
        error: run.blowUp.error + Math.abs(run.blowUp.t - (coarse?.blowUp?.t ?? run.blowUp.t)),
      };
      signal.throwIfAborted();
      yield { first, frames, error, ...(blowUp && { blowUp }) };
      first = reached;
      await breathe();
      signal.throwIfAborted();
    }
    coarse = run;
  }
}

export const limit: Limit<StatisticName> = {
  label: 'limit',
  doc: 'The law of all coordinates as d → ∞: a nonlinear Fokker–Planck equation, solved by transport maps.',
  predicts: 'sgd',
  solve: (config, saveAt, signal) => solve(config as DlnConfig, saveAt, signal),
};
