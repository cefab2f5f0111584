// State of the SDE: c alone may underflow, so ln c = ln c(0) − λS is carried, with S = ∫ 2γ²R/B dt.

// Hyperbolic angle ξ = ½ ln|p/q| of each run. Length d per run.
@group(1) @binding(2) var<storage, read_write> xi: array<vec4f>;
// ln c at time 0. Length d per run.
@group(1) @binding(3) var<storage, read_write> lnC0: array<vec4f>;
// S. Length 1 per run.
@group(1) @binding(4) var<storage, read_write> noiseTime: array<f32>;

// β − β* = c sinh 2ξ − β*; c alone may underflow.
fn errorOf(angle: vec4f, lnC: vec4f, star: vec4f) -> vec4f {
  return 0.5 * (exp(lnC + 2.0 * angle) - exp(lnC - 2.0 * angle)) - star;
}

// Add four coordinates.
fn addAngle(sums: ptr<function, Summands>, angle: vec4f, lnC: vec4f, lambda: vec4f, star: vec4f) {
  let kappa = exp(lnC + 2.0 * angle) + exp(lnC - 2.0 * angle);
  add(sums, errorOf(angle, lnC, star), kappa, 2.0 * exp(lnC), lambda, star);
}
