/**
 * Problem of the diagonal linear network, common to its kernels (theory: diagonal linear networks, section 1). The
 * engine sets these variables by name before every call; the pointers are those of one run's arrays.
 */
export let seed: i32 = 0;
export let dimension: i32 = 0;
/** Index of the run. */
export let run: i32 = 0;
export let batchSize: i32 = 1;
export let stepSize: f64 = 0;
export let labelNoise: f64 = 0;
/** Number of the law of the features: see ../lib/features.ts. */
export let law: i32 = 0;
/** Correlation of neighbouring features. */
export let correlation: f64 = 0;
/** Of Student t features. */
export let degreesOfFreedom: f64 = 0;
/** Risk above which a run has diverged. */
export let runaway: f64 = 0;
/** Variance of each feature, and its root. */
export let eigenvalue: usize = 0;
export let root: usize = 0;
/** Teacher β*. */
export let teacher: usize = 0;

/** γ at time t, constant today. */
export function stepSizeAt(_t: f64): f64 {
  return stepSize;
}
