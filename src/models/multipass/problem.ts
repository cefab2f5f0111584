/** Why the values of a config do not go together. */
import { cholesky } from '../../math/cholesky.ts';
import { networkOf, shapeOf, type Shape } from './architecture.ts';
import type { MultipassConfig } from './parameters.ts';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

function listProblem({ hiddenUnits, teacherUnits, secondLayer, initMoments }: Shape): string | undefined {
  if (secondLayer.length !== 1 && secondLayer.length !== hiddenUnits) {
    return `secondLayer = ${secondLayer.join()} has ${secondLayer.length} numbers: expected 1 or ${hiddenUnits}, one for each hidden unit`;
  }
  if (secondLayer.every((a) => a === 0)) {
    return `secondLayer = ${secondLayer.join()}: expected a number other than 0, without which nothing is learned`;
  }
  const size = hiddenUnits + teacherUnits;
  const pairs = (size * (size + 1)) / 2;
  if (initMoments.length === 0 || initMoments.length === pairs) return undefined;
  return (
    `initMoments has ${plural(initMoments.length, 'number')}: expected none, or ${pairs}, the upper triangle row by row ` +
    `for ${plural(hiddenUnits, 'student')} and ${plural(teacherUnits, 'teacher')}`
  );
}

function startProblem({ initMoments, initNorm, initOverlap, teacherNorm }: Shape): string {
  if (initMoments.length > 0) {
    return `initMoments = ${initMoments.join()}: expected a positive semidefinite matrix, such as that of smaller overlaps`;
  }
  const most = Math.sqrt(initNorm * teacherNorm);
  return `initial overlap ${initOverlap}: expected at most √(q₀q*) = ${most.toPrecision(4)} in size`;
}

/** In one sentence; undefined where they do. */
export function problem(config: MultipassConfig): string | undefined {
  const shape = shapeOf(config);
  const complaint = listProblem(shape);
  if (complaint !== undefined) return complaint;
  const { moments, students, teachers } = networkOf(config);
  const size = students + teachers;
  for (let n = students; n < size; n++) {
    const norm = moments[n * (size + 1)];
    if (norm <= 0)
      return `initMoments: expected a number above 0 as the norm of teacher ${n - students + 1}, got ${norm}`;
  }
  return cholesky(moments, size) ? undefined : startProblem(shape);
}
