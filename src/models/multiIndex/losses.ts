/** Losses with one student and one teacher, by name. */
import { amplitudeRetrieval, relu } from './kinkedLosses.ts';
import { logistic, logisticSign } from './logisticLosses.ts';
import type { Loss } from './loss.ts';
import { leastSquares, phaseRetrieval } from './smoothLosses.ts';

export const losses = {
  leastSquares,
  logistic,
  logisticSign,
  phaseRetrieval,
  amplitudeRetrieval,
  relu,
} as const satisfies Readonly<Record<string, Loss>>;

export type LossName = keyof typeof losses;
