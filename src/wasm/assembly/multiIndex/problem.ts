/**
 * Problem of multi-index models, common to their kernels (theory: multi-index models, section 0). The engine sets these
 * variables by name before every call. What depends on the loss is computed by functions of the model, once per sample
 * or evaluation: they read and write the arrays below.
 */
import { sizeOf } from '../lib/lanes';

export let seed: i32 = 0;
export let dimension: i32 = 0;
/** Index of the run. */
export let run: i32 = 0;
export let batchSize: i32 = 1;
export let stepSize: f64 = 0;
/** δ: each step of SGD shrinks X by γδ/d. */
export let ridge: f64 = 0;
/** Output of a sample above which a run has diverged. */
export let largest: f64 = 0;
/** Numbers l of students and l* of teachers. */
export let students: i32 = 1;
export let teachers: i32 = 1;
/** 1: errors are X − X*; 0: they are X. */
export let matched: i32 = 0;
/** Root of the variance of each feature. */
export let root: usize = 0;
/** Teachers X*, vector after vector. */
export let teacher: usize = 0;
/** Errors E of the students of the run, vector after vector. */
export let errors: usize = 0;

/** L outputs of a sample, of the columns of U = [E | X*]. */
export const outputs: usize = memory.data(64, 16);
/** l derivatives of the loss of that sample. */
export const slopes: usize = memory.data(32, 16);
/** L×L sums of λ U Uᵀ; the block of two teachers is left out. */
export const sums: usize = memory.data(512, 16);
/** L×l: −dE of a step by the drift is λU times this, and `decay` times X. */
export const drift: usize = memory.data(256, 16);
/** l×l, lower triangular: −dE of a step by the noise is √λ times this times normals. */
export const noise: usize = memory.data(128, 16);
/** Length 1: share of X that ridge takes away in a step of the SDE. */
export const decay: usize = memory.data(8, 16);

/** γ at time t, constant today. */
export function stepSizeAt(_t: f64): f64 {
  return stepSize;
}

/** Address of column a of U. */
export function column(a: i32): usize {
  const size = sizeOf(dimension);
  return a < students ? errors + <usize>a * size : teacher + <usize>(a - students) * size;
}

/** Number `index` of an array of float64, as float32 in all lanes. */
export function splat(array: usize, index: i32): v128 {
  return f32x4.splat(<f32>load<f64>(array + 8 * <usize>index));
}
