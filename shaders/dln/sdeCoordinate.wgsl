// What histograms of the SDE count: quantity 0 is β = c sinh 2ξ, quantity 1 is ξ.
// Twin of src/models/dln/coordinates.ts.

// Hyperbolic angle ξ of each run. Length d per run.
@group(1) @binding(2) var<storage, read> xi: array<vec4f>;
// ln c at time 0. Length d per run.
@group(1) @binding(3) var<storage, read> lnC0: array<vec4f>;
// S in ln c = ln c(0) − λS. Length 1 per run.
@group(1) @binding(4) var<storage, read> noiseTime: array<f32>;

fn coordinate(run: u32, j: u32) -> vec4f {
  let angle = xi[run * blockCount() + j];
  if (QUANTITY == 1u) {
    return angle;
  }
  let lnC = lnC0[run * blockCount() + j] - eigenvalue[j] * noiseTime[run];
  return 0.5 * (exp(lnC + 2.0 * angle) - exp(lnC - 2.0 * angle));
}
