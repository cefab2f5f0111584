/** Functions of src/models/multiIndex/wasm.ts, which the engine hands to the module as its import "model". */

/** Writes the derivatives of the loss for `outputs` and the label of this sample to `slopes`. */
export declare function gradient(step: i32, run: i32, sample: i32): i32;

/**
 * From `sums` at the start (stage 0) or at the predicted end (stage 1) of a step: sets `drift`, `noise` and `decay`, in
 * stage 1 the noise to that of both ends. 0 where the run has diverged.
 */
export declare function coefficients(stage: i32, t: f64, dt: f64): i32;
