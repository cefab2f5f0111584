/** What is measured (theory: diagonal linear networks, section 3): functions of the statistics. */
import type { Observable } from '../model.ts';
import { stabilityEdge } from './closedForms.ts';
import type { DlnConfig } from './parameters.ts';
import { stepSizeAt } from './schedule.ts';
import type { StatisticName } from './statistics.ts';

/** Why no teacher entry is 0, or undefined where some are. */
function withoutZeros({ teacher, density, teacherAtoms }: DlnConfig): string | undefined {
  if (teacher === 'gaussian') return 'a Gaussian teacher has no entry that is 0';
  if (teacher === 'sparse') return density === 1 ? 'density 1 leaves no teacher entry at 0' : undefined;
  return teacherAtoms.some(({ value }) => value === 0) ? undefined : 'no teacher atom has the value 0';
}

export const observables = {
  risk: {
    label: 'population risk',
    symbol: 'R',
    doc: 'Half the expected squared residual of a fresh sample, label noise included: ½[Σ λ(β − β*)²/d + σ²]; for correlated features with the quadratic form of their covariance K.',
    scale: 'log',
    of: ({ weightedError }, config: DlnConfig) => (weightedError + config.labelNoise ** 2) / 2,
  },
  curvature: {
    label: 'curvature',
    symbol: 'κ̄',
    doc: 'Trace of the Hessian of the risk: Σ λ(u² + v²)/d.',
    scale: 'log',
    of: ({ curvature }) => curvature,
  },
  stability: {
    label: 'stability number',
    symbol: 'γκ̄/(2B)',
    doc: 'Curvature over the edge of stability: a limit point is stable if and only if it is below 1.',
    scale: 'log',
    of: ({ curvature }, config) => curvature / stabilityEdge(stepSizeAt(config, 0), config.batchSize),
  },
  distance: {
    label: 'distance',
    symbol: '‖β − β*‖²/d',
    doc: 'Squared distance of the linear predictor to the teacher, per coordinate.',
    scale: 'log',
    of: ({ squaredError }) => squaredError,
  },
  gradientNorm: {
    label: 'gradient norm',
    symbol: 'd‖∇R‖²',
    doc: 'Squared norm of the gradient of the risk, times d: Σ λ²(β − β*)²(u² + v²)/d, or with K(β − β*) in place of λ(β − β*).',
    scale: 'log',
    of: ({ gradientNorm }) => gradientNorm,
  },
  l1: {
    label: 'ℓ₁ norm',
    symbol: '‖β‖₁/d',
    doc: 'Mean absolute entry of the linear predictor.',
    scale: 'log',
    of: ({ l1 }) => l1,
  },
  l2: {
    label: 'ℓ₂ norm',
    symbol: '‖β‖₂²/d',
    doc: 'Mean square of the entries of the linear predictor.',
    scale: 'log',
    of: ({ l2 }) => l2,
  },
  imbalance: {
    label: 'imbalance',
    symbol: '|u² − v²|',
    doc: 'Mean of |u² − v²| = 2c, the effective initialisation: gradient noise shrinks it, drift does not.',
    scale: 'log',
    of: ({ imbalance }) => imbalance,
  },
  offSupport: {
    label: 'off-support energy',
    symbol: '‖β off β*‖²/d',
    doc: 'Sum of β² over the coordinates where the teacher is 0, divided by d.',
    scale: 'log',
    of: ({ offSupport }) => offSupport,
    absent: withoutZeros,
  },
} as const satisfies Record<string, DlnObservable>;

/** Observable whose functions know this model's values. */
interface DlnObservable extends Omit<Observable<StatisticName>, 'of' | 'absent'> {
  of(statistics: Readonly<Record<StatisticName, number>>, config: DlnConfig): number;
  absent?(config: DlnConfig): string | undefined;
}

export type ObservableName = keyof typeof observables;
