/** Everything a user can choose about soft committee machines (theory: multi-index models, sections 0 and 2). */
import { number, numbers, type ConfigOf } from '../../config/parameter.ts';
import { ridge, stepSize } from '../multiIndex/parameters.ts';
import * as shared from '../shared.ts';
import { spectrumParameters } from '../spectrum.ts';

/** Students, and teachers, at most. */
export const MOST_UNITS = 4;

export const parameters = {
  dimension: shared.dimension,
  teacherWeights: numbers({
    label: 'teacher weights',
    symbol: 'v*',
    doc: 'Output weights of the teacher’s units, one to four.',
    group: 'problem',
    default: '1,1',
    min: -10,
    max: 10,
    maxCount: MOST_UNITS,
  }),
  labelNoise: shared.labelNoise,
  ...spectrumParameters,
  studentWeights: numbers({
    label: 'student weights',
    symbol: 'v',
    doc: 'Output weights of the student’s units, one to four; they are not learned.',
    group: 'problem',
    default: '1,1',
    min: -10,
    max: 10,
    maxCount: MOST_UNITS,
  }),
  stepSize: number({ ...stepSize, default: 1.5 }),
  batchSize: shared.batchSize,
  ridge,
  overlaps: numbers({
    label: 'initial overlaps',
    symbol: 'V₀',
    doc:
      'Mean products of entries at the start: the upper triangle of the matrix of all units row by row, students first. ' +
      'One number: orthonormal teachers, orthogonal students of norm ½, and this overlap of unit a with teacher a.',
    group: 'algorithm',
    default: '0.05',
    min: -1000,
    max: 1000,
    maxCount: MOST_UNITS * (2 * MOST_UNITS + 1),
  }),
  horizon: number({ ...shared.horizon, default: 60 }),
  runs: shared.runs,
  dt: number({ ...shared.dt, default: 0.05 }),
  seed: shared.seed,
};

export type CommitteeConfig = ConfigOf<typeof parameters>;
