/** What is measured (theory: multi-index models, sections 0 and 2): functions of the statistics. */
import type { Observable } from '../model.ts';
import { signOf } from '../multiIndex/instance.ts';
import { tauSign } from '../multiIndex/logisticLosses.ts';
import { riskOf, toErrors } from '../multiIndex/loss.ts';
import { momentsOf } from '../multiIndex/statistics.ts';
import type { GlmConfig } from './parameters.ts';
import { lossOf, noiseOf, problemOf } from './problem.ts';

type Statistics = Readonly<Record<string, number>>;

/** ⟨λUUᵀ⟩ */
const covariance = (statistics: Statistics) => momentsOf(statistics, 'weighted', 2);

/** p = E r², q = E rr*, s = E r*². */
function outputs(statistics: Statistics, config: GlmConfig): { p: number; q: number; s: number } {
  const moments = covariance(statistics);
  toErrors(lossOf(config), moments, moments, -1);
  // The teacher that errors are measured from may be −X*.
  return { p: moments[0]!, q: teacherSign(config) * moments[1]!, s: moments[3]! };
}

function teacherSign(config: GlmConfig): number {
  return lossOf(config).even ? signOf(problemOf(config)) : 1;
}

/** P(sign r ≠ y): the angle between both outputs over π, or the mean of S(−r* sign r). */
function errorRate(statistics: Statistics, config: GlmConfig): number {
  const { p, q, s } = outputs(statistics, config);
  const determinant = Math.max(p * s - q * q, 0);
  if (config.loss === 'logisticSign') return Math.atan2(Math.sqrt(determinant), q) / Math.PI;
  return 0.5 - 2 * tauSign(q, p, determinant);
}

export const observables = {
  risk: {
    label: 'population risk',
    symbol: 'R',
    doc: 'Expected loss of a fresh sample, label noise included.',
    scale: 'log',
    of: (statistics, config: GlmConfig) => riskOf(lossOf(config), covariance(statistics), noiseOf(config)),
  },
  excessRisk: {
    label: 'excess risk',
    symbol: 'R − R*',
    doc: 'Risk above that of the teacher itself; for sign labels above 0.',
    scale: 'log',
    of: (statistics, config) => lossOf(config).excessRisk(covariance(statistics)),
  },
  overlap: {
    label: 'overlap',
    symbol: 'c',
    doc: 'Correlation of the outputs of student and teacher, q/√(ps): the cosine of their angle.',
    scale: 'linear',
    of(statistics, config) {
      const { p, q, s } = outputs(statistics, config);
      return p === 0 ? 0 : q / Math.sqrt(p * s);
    },
  },
  studentNorm: {
    label: 'student norm',
    symbol: '‖X‖²/d',
    doc: 'Mean square of the student’s entries.',
    scale: 'log',
    of(statistics, config) {
      const moments = momentsOf(statistics, 'plain', 2);
      toErrors(lossOf(config), moments, moments, -1);
      return moments[0]!;
    },
  },
  distance: {
    label: 'distance',
    symbol: '‖X − X*‖²/d',
    doc: 'Squared distance per coordinate of student and teacher; where the loss is the same for −X*, of the one nearer at the start.',
    scale: 'log',
    of(statistics, config) {
      const moments = momentsOf(statistics, 'plain', 2);
      if (!lossOf(config).matched) return moments[0]! - 2 * moments[1]! + moments[3]!;
      return moments[0]!;
    },
  },
  outputVariance: {
    label: 'output variance',
    symbol: 'p',
    doc: 'Mean square of the student’s output: p = ⟨λX²⟩.',
    scale: 'log',
    of: (statistics, config) => outputs(statistics, config).p,
  },
  outputCovariance: {
    label: 'output covariance',
    symbol: 'q',
    doc: 'Covariance of the outputs of student and teacher: q = ⟨λXX*⟩.',
    scale: 'linear',
    of: (statistics, config) => outputs(statistics, config).q,
  },
  gradientNoise: {
    label: 'gradient noise',
    symbol: 'I',
    doc: 'Mean square of the derivative of the loss with respect to the output: the size of the noise of one sample.',
    scale: 'log',
    of(statistics, config) {
      const square = new Float64Array(1);
      lossOf(config).gradientCovariance(covariance(statistics), noiseOf(config), square);
      return square[0]!;
    },
  },
  classificationError: {
    label: 'classification error',
    symbol: 'P(err)',
    doc: 'Probability that the sign of the student’s output is not the label of a fresh sample.',
    scale: 'log',
    of: errorRate,
    optional: true,
    absent: ({ loss }) =>
      loss === 'logistic' || loss === 'logisticSign' ? undefined : 'the labels of this loss are not binary',
  },
} as const satisfies Record<string, GlmObservable>;

/** Observable whose functions know this model's values. */
interface GlmObservable extends Omit<Observable, 'of' | 'absent'> {
  of(statistics: Statistics, config: GlmConfig): number;
  absent?(config: GlmConfig): string | undefined;
}

export type ObservableName = keyof typeof observables;
