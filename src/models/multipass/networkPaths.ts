/**
 * What all solvers of networks do with vectors over paths. Loops over paths are functions of their own: within a generator
 * they take several times as long.
 */
import { losses } from './losses.ts';
import type { NetworkKernels } from './networkKernels.ts';
import { teacherOutput, vectors, type NetworkProblem } from './networkProblem.ts';
import type { PathStart } from './pathStart.ts';

/** out += factor · row */
export function add(out: Float64Array, factor: number, row: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] += factor * row[i];
}

/** values ← factor · values + other factor · other values */
export function mix(factor: number, values: Float64Array, otherFactor: number, other: Float64Array): void {
  for (let i = 0; i < values.length; i++) values[i] = factor * values[i] + otherFactor * other[i];
}

/** out += Σ_n factors[at + n] rows[n] */
export function addRows(
  out: Float64Array,
  rows: readonly Float64Array[],
  factors: Float64Array,
  at: number,
): void {
  rows.forEach((row, n) => add(out, factors[at + n], row));
}

/** Labels y = φ*(f*(w*), σε) of all paths, from w* of each teacher. */
export function labelsOf(
  problem: NetworkProblem,
  fields: readonly Float64Array[],
  start: PathStart,
): Float64Array {
  const output = teacherOutput(problem, fields);
  const y = output.map((value, i) => losses[problem.loss].label(value, problem.labelNoise * start.label[i]));
  start.classify(y, output);
  return y;
}

/** The same from Q*. */
export function labels(problem: NetworkProblem, kernels: NetworkKernels, start: PathStart): Float64Array {
  const { teachers } = problem.network;
  const fields = vectors(teachers, start.paths);
  fields.forEach((field, n) => addRows(field, start.teachers, kernels.teacherRoot, n * teachers));
  return labelsOf(problem, fields, start);
}
