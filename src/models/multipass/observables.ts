/** What is measured: functions of the statistics, the same for processes and limits. */
import type { Observable } from '../model.ts';
import type { MultipassConfig } from './parameters.ts';
import { networkOf } from './architecture.ts';
import { classificationError, populationRisk } from './populationRisk.ts';
import { cosine } from './risk.ts';
import { momentsOf, type StatisticName, type Statistics } from './statistics.ts';

/** Mean over teacher units of the largest cosine of a student unit with them: which unit learns which does not matter. */
function recovered(statistics: Statistics, config: MultipassConfig): number {
  const network = networkOf(config);
  const { students, teachers, isScalar, activation } = network;
  if (isScalar) return cosine(statistics.squaredNorm, statistics.overlap, config.teacherNorm);
  const moments = momentsOf(network, statistics);
  const size = students + teachers;
  let sum = 0;
  for (let n = students; n < size; n++) {
    const cosines = Array.from({ length: students }, (_, k) => {
      const value = cosine(moments[k * (size + 1)], moments[k * size + n], moments[n * (size + 1)]);
      // A unit of the opposite sign does as well with a second layer of the opposite sign.
      return activation.isOdd ? value * Math.sign(network.secondLayer[k]) : value;
    });
    sum += Math.max(...cosines);
  }
  return sum / teachers;
}

/** Mean over the units of |θ_k|²/d. */
function meanSquare(
  { squaredNorm, product22 = 0, product33 = 0 }: Statistics,
  { hiddenUnits }: MultipassConfig,
): number {
  return hiddenUnits === 1 ? squaredNorm : (squaredNorm + product22 + product33) / hiddenUnits;
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
    doc: 'Expected loss of a fresh sample, label noise included: a function of mean products of units, for one each of q = |θ|²/d and m = ⟨θ, θ*⟩/d.',
    scale: 'log',
    of: populationRisk,
  },
  gap: {
    label: 'generalisation gap',
    symbol: 'R − L̂',
    doc: 'Test risk less train loss: what repeated visits of the same samples fit beyond what generalises.',
    scale: 'linear',
    of: (statistics, config) => populationRisk(statistics, config) - statistics.trainLoss,
  },
  overlap: {
    label: 'cosine with the teacher',
    symbol: 'm/√(qq*)',
    doc: 'Cosine of the angle between weights and teacher: 1 where their directions agree. With several units, of each teacher unit and the hidden unit nearest to it, averaged.',
    scale: 'linear',
    of: recovered,
  },
  norm: {
    label: 'squared norm',
    symbol: '|θ|²/d',
    doc: 'Mean square of the weights, q; the mean over hidden units.',
    scale: 'log',
    of: meanSquare,
  },
  classificationError: {
    label: 'classification error',
    symbol: 'P(sgn r ≠ sgn r*)',
    doc: 'Chance that the sign on a fresh sample differs from that of the teacher without noise: arccos(m/√(qq*))/π for one linear unit each.',
    scale: 'linear',
    of: classificationError,
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
