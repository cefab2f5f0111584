/** The deterministic limit of SGD as d → ∞ (theory: diagonal linear networks, sections 3 and 5). */
import type { Frame, Limit, LimitUpdate } from '../model.ts';
import type { Solution } from './limitSolution.ts';
import { solutions } from './limitSolutions.ts';
import type { DlnConfig } from './parameters.ts';
import { statisticCount, toRecord, type StatisticName } from './statistics.ts';

/** Milliseconds of work between updates: a chart follows, a cancelled run stops. */
const PATIENCE = 30;

function toFrame(t: number, sums: Float64Array | undefined, blowUp: number): Frame<StatisticName> {
  const record = toRecord(sums ?? new Float64Array(statisticCount).fill(NaN));
  const values = Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, Float64Array.of(value)]),
  ) as Record<StatisticName, Float64Array>;
  return { t, values, blowUp: Float64Array.of(sums ? NaN : blowUp) };
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
  let deadline = performance.now() + PATIENCE;
  let sent: Solution | undefined;
  const news = (solution: Solution): LimitUpdate<StatisticName> => {
    const first = sent?.level === solution.level ? reached : 0;
    reached = solution.blowUp ? saveAt.length : solution.recorded.length;
    sent = solution;
    const frames = Array.from(saveAt.subarray(first, reached), (t, i) =>
      toFrame(t, solution.recorded[first + i], solution.blowUp?.t ?? NaN),
    );
    return { first, frames, error: solution.error, ...(solution.blowUp && { blowUp: solution.blowUp }) };
  };
  let reached = 0;
  let latest: Solution | undefined;
  for await (const solution of solutions(config, saveAt)) {
    signal.throwIfAborted();
    const finished = latest !== undefined && latest !== sent && latest.level !== solution.level;
    if (finished) yield news(latest!);
    latest = solution;
    if (performance.now() < deadline) continue;
    if (latest !== sent) yield news(latest);
    await breathe();
    signal.throwIfAborted();
    deadline = performance.now() + PATIENCE;
  }
  if (latest && latest !== sent) yield news(latest);
}

export const limit: Pick<Limit<StatisticName>, 'solve'> = {
  solve: (config, saveAt, signal) => solve(config as DlnConfig, saveAt, signal),
};
