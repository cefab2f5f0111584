// State of SGD: the error e = uv − β* beside u and v; recomputed, it would give the risk a float32 floor.

// Weights and error of each run. Length d per run.
@group(1) @binding(2) var<storage, read_write> u: array<vec4f>;
@group(1) @binding(3) var<storage, read_write> v: array<vec4f>;
@group(1) @binding(4) var<storage, read_write> error: array<vec4f>;

// Add block j, with weights a, b and error e.
fn addWeights(sums: ptr<function, Summands>, a: vec4f, b: vec4f, e: vec4f, j: u32) {
  let a2 = a * a;
  let b2 = b * b;
  add(sums, e, a2 + b2, abs(a2 - b2), eigenvalue[j], teacher[j]);
}

// No Gaussian residual comes near 8 standard deviations before the risk passes its bound.
fn largestResidual() -> f32 {
  return 8.0 * sqrt(2.0 * params.runaway);
}
