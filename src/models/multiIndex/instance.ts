/** What d coordinates hold at t = 0, in the columns U = [E | X*] of the statistics (see loss.ts). */
import { eigenvaluesOf, spectrumOf } from '../spectrum.ts';
import type { MultiIndexConfig } from './parameters.ts';
import type { Problem } from './problem.ts';
import { studentsOf, teachersOf, type StartMoments } from './start.ts';

/** `eigenvalue` has length d, `teacher` l*·d, vector after vector: −X* where that is the nearer one of two solutions. */
export type MultiIndexInstance = Readonly<Record<'eigenvalue' | 'teacher', Float64Array>>;

export function startMoments({ loss, spectrum, start }: Problem): StartMoments {
  const { students, teachers } = loss;
  const eigenvalues = spectrum.atoms?.map(({ value }) => value) ?? [1];
  return { students, teachers, matrices: eigenvalues.map(start) };
}

/** ⟨λV0⟩ over the law of the eigenvalues: the covariance of the outputs at t = 0, L×L. */
export function startCovariance({ loss, spectrum, start }: Problem): Float64Array {
  const size = loss.students + loss.teachers;
  const atoms = spectrum.atoms ?? [{ value: 1, weight: 1 }];
  const sum = new Float64Array(size * size);
  for (const { value, weight } of atoms) {
    const matrix = start(value);
    for (let i = 0; i < sum.length; i++) sum[i]! += weight * value * matrix[i]!;
  }
  return sum;
}

/** −1 where the loss cannot tell X* from −X* and the start is nearer to −X*. */
export function signOf(problem: Problem): 1 | -1 {
  return problem.loss.even && startCovariance(problem)[problem.loss.students]! < 0 ? -1 : 1;
}

export function arrange(config: MultiIndexConfig, problem: Problem): MultiIndexInstance {
  const sign = signOf(problem);
  const teacher = teachersOf(config, startMoments(problem)).map((value) => sign * value);
  return { eigenvalue: eigenvaluesOf(config, config.dimension), teacher };
}

/** E of a run at t = 0, vector after vector. Length l·d. */
export function initialErrors(
  config: MultiIndexConfig,
  problem: Problem,
  { teacher }: MultiIndexInstance,
  run: number,
): Float64Array {
  const students = studentsOf(config, startMoments(problem), run);
  return problem.loss.matched ? students.map((value, i) => value - teacher[i]!) : students;
}

/** Mean eigenvalue T = tr K/d of the law. */
export function meanEigenvalue(config: MultiIndexConfig): number {
  const { atoms } = spectrumOf(config);
  return atoms ? atoms.reduce((sum, { value, weight }) => sum + value * weight, 0) : 1;
}
