/** What a config asks of processes and limit, and whether it can be asked. */
import { cholesky } from '../../math/cholesky.ts';
import { boundedSpectrum } from '../multiIndex/boundedSpectrum.ts';
import { erfCommittee } from '../multiIndex/erfCommittee.ts';
import type { Loss } from '../multiIndex/loss.ts';
import type { Problem } from '../multiIndex/problem.ts';
import { stepSizeAt } from '../multiIndex/schedule.ts';
import { pairsOf } from '../multiIndex/statistics.ts';
import type { CommitteeConfig } from './parameters.ts';

/** Mean square of the entries of a student at the start where `overlaps` is one number. */
const NORM = 0.5;

/** V0: L×L, students first; undefined where `overlaps` has neither one number nor one for each pair. */
export function startOf({
  studentWeights,
  teacherWeights,
  overlaps,
}: CommitteeConfig): Float64Array | undefined {
  const [students, teachers] = [studentWeights.length, teacherWeights.length];
  const size = students + teachers;
  const matrix = new Float64Array(size * size);
  const set = (i: number, j: number, value: number) => {
    matrix[i * size + j] = matrix[j * size + i] = value;
  };
  if (overlaps.length === 1) {
    for (let i = 0; i < size; i++) set(i, i, i < students ? NORM : 1);
    for (let a = 0; a < students; a++) set(a, students + (a % teachers), overlaps[0]!);
    return matrix;
  }
  const pairs = pairsOf(size);
  if (overlaps.length !== pairs.length) return undefined;
  pairs.forEach(([i, j], k) => set(i, j, overlaps[k]!));
  return matrix;
}

const losses = new Map<string, Loss>();

/** Every loss is made once. */
export function lossOf({ studentWeights, teacherWeights }: CommitteeConfig): Loss {
  const key = `${studentWeights.join()} ${teacherWeights.join()}`;
  const loss = losses.get(key) ?? erfCommittee(studentWeights, teacherWeights);
  losses.set(key, loss);
  return loss;
}

export function problemOf(config: CommitteeConfig): Problem {
  const matrix = startOf(config);
  const complaint = problem(config);
  if (!matrix || complaint !== undefined) throw new RangeError(complaint);
  return {
    loss: lossOf(config),
    labelNoise: config.labelNoise,
    ridge: config.ridge,
    batchSize: config.batchSize,
    spectrum: boundedSpectrum(config),
    stepSizeAt: (t) => stepSizeAt(config, t),
    start: () => matrix,
  };
}

/** Why lists and moments do not go together; undefined where they do. */
export function problem(config: CommitteeConfig): string | undefined {
  const { studentWeights, teacherWeights, overlaps } = config;
  const [students, teachers] = [studentWeights.length, teacherWeights.length];
  const size = students + teachers;
  const matrix = startOf(config);
  const given = `overlaps = ${overlaps.join(',')}`;
  if (!matrix) {
    return (
      `${given} has ${overlaps.length} numbers: expected 1, or ${(size * (size + 1)) / 2}, the upper triangle row by row ` +
      `for ${students} student${students === 1 ? '' : 's'} and ${teachers} teacher${teachers === 1 ? '' : 's'}`
    );
  }
  for (let n = students; n < size; n++) {
    if (matrix[n * (size + 1)]! > 0) continue;
    return `${given}: expected a number above 0 as the norm of teacher ${n - students + 1}, got ${matrix[n * (size + 1)]}`;
  }
  if (!cholesky(matrix, size)) {
    return `${given}: expected a positive semidefinite matrix, such as that of smaller overlaps`;
  }
  return undefined;
}
