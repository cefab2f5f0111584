/** Everything a user can choose about generalised linear models (theory: multi-index models, sections 0 and 2). */
import { choice, numbers, type ConfigOf } from '../../config/parameter.ts';
import { ridge, stepSize } from '../multiIndex/parameters.ts';
import * as shared from '../shared.ts';
import { dataSpectrumParameters } from '../dataSpectrum.ts';

export const parameters = {
  dimension: shared.dimension,
  loss: choice({
    label: 'loss',
    symbol: 'f',
    doc: 'Link and loss of student output r and teacher output r*: what SGD minimises on average. Logistic labels are drawn at random, or are the signs of r*.',
    group: 'problem',
    default: 'leastSquares',
    options: {
      leastSquares: 'least squares',
      logistic: 'logistic',
      logisticSign: 'logistic (signs)',
      phaseRetrieval: 'phase retrieval (r²)',
      amplitudeRetrieval: 'phase retrieval (|r|)',
      relu: 'ReLU',
    },
  }),
  labelNoise: {
    ...shared.labelNoise,
    when: { key: 'loss', is: ['leastSquares', 'phaseRetrieval', 'amplitudeRetrieval', 'relu'] },
  },
  ...dataSpectrumParameters,
  teacherNorm: numbers({
    label: 'teacher norm',
    symbol: 's',
    doc: 'Mean square of the teacher’s entries: one number, or one for each eigenvalue in ascending order.',
    group: 'problem',
    default: '1',
    min: 0,
    max: 1000,
    maxCount: 64,
  }),
  stepSize,
  batchSize: shared.batchSize,
  ridge,
  initNorm: numbers({
    label: 'initial norm',
    symbol: 'p₀',
    doc: 'Mean square of the student’s entries at the start: one number, or one for each eigenvalue in ascending order.',
    group: 'algorithm',
    default: '1',
    min: 0,
    max: 1000,
    maxCount: 64,
  }),
  initOverlap: numbers({
    label: 'initial overlap',
    symbol: 'q₀',
    doc: 'Mean product of the entries of student and teacher at the start: one number, or one for each eigenvalue in ascending order.',
    group: 'algorithm',
    default: '0',
    min: -1000,
    max: 1000,
    maxCount: 64,
  }),
  horizon: shared.horizon,
  runs: shared.runs,
  dt: shared.dt,
  seed: shared.seed,
};

export type GlmConfig = ConfigOf<typeof parameters>;
