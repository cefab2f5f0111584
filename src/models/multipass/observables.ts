/** What is measured: functions of the statistics, the same for processes and limits. */
import type { Observable } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import { classificationError, cosine, risks } from './risk.ts';
import type { StatisticName, Statistics } from './statistics.ts';

function testRisk({ squaredNorm, overlap }: Statistics, config: MultipassConfig): number {
  return risks[config.loss](squaredNorm, overlap, config.teacherNorm, config.labelNoise);
}

export const observables = {
  train: {
    label: 'train loss',
    symbol: 'L̂',
    doc: 'Mean loss over the n training samples, without the penalty.',
    scale: 'log',
    of: ({ trainLoss }) => trainLoss,
  },
  test: {
    label: 'test risk',
    symbol: 'R',
    doc: 'Expected loss of a fresh sample, label noise included: a function of q = |θ|²/d and m = ⟨θ, θ*⟩/d.',
    scale: 'log',
    of: testRisk,
  },
  gap: {
    label: 'generalisation gap',
    symbol: 'R − L̂',
    doc: 'Test risk less train loss: what repeated visits of the same samples fit beyond what generalises.',
    scale: 'linear',
    of: (statistics, config) => testRisk(statistics, config) - statistics.trainLoss,
  },
  overlap: {
    label: 'cosine with the teacher',
    symbol: 'm/√(qq*)',
    doc: 'Cosine of the angle between weights and teacher: 1 where their directions agree.',
    scale: 'linear',
    of: ({ squaredNorm, overlap }, { teacherNorm }) => cosine(squaredNorm, overlap, teacherNorm),
  },
  norm: {
    label: 'squared norm',
    symbol: '|θ|²/d',
    doc: 'Mean square of the weights, q.',
    scale: 'log',
    of: ({ squaredNorm }) => squaredNorm,
  },
  classificationError: {
    label: 'classification error',
    symbol: 'P(sgn r ≠ sgn r*)',
    doc: 'Chance that the sign on a fresh sample differs from that of the teacher without noise: arccos(m/√(qq*))/π.',
    scale: 'linear',
    of: ({ squaredNorm, overlap }, { teacherNorm }) => classificationError(squaredNorm, overlap, teacherNorm),
    absent: ({ loss }) =>
      loss === 'logisticSign' ? undefined : 'only labels of the logistic loss are classes',
  },
} as const satisfies Record<string, MultipassObservable>;

/** Observable whose functions know this model's values. */
interface MultipassObservable extends Omit<Observable<StatisticName>, 'of' | 'absent'> {
  of(statistics: Statistics, config: MultipassConfig): number;
  absent?(config: MultipassConfig): string | undefined;
}

export type ObservableName = keyof typeof observables;
