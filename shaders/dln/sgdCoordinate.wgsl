// What histograms of SGD count: quantity 0 is β = uv, quantity 1 is ξ = ½ ln|p/q| with p, q ∝ u ± v.
// Twin of src/models/dln/coordinates.ts.

// Weights of each run. Length d per run.
@group(1) @binding(2) var<storage, read> u: array<vec4f>;
@group(1) @binding(3) var<storage, read> v: array<vec4f>;

fn coordinate(run: u32, j: u32) -> vec4f {
  let a = u[run * blockCount() + j];
  let b = v[run * blockCount() + j];
  if (QUANTITY == 0u) {
    return a * b;
  }
  return 0.5 * log(abs((a + b) / (a - b)));
}
