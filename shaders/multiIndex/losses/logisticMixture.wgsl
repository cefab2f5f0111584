// Integrals of the logistic function S as a mixture of normal distribution functions (src/math/logisticMixture.ts).

// Weights, then variances, of the normals. Length 2·NODES.
@group(0) @binding(5) var<storage, read> mixture: array<f32>;

const NODES = 6u;
const ROOT_TWO_PI = 2.50662827463;

fn logistic(x: f32) -> f32 {
  return 1.0 / (1.0 + exp(clamp(-x, -80.0, 80.0)));
}

// E τ(r)τ(r*), τ = S − ½, for outputs with variances p, s, covariance q and determinant ps − q².
fn tauProduct(p: f32, q: f32, s: f32, determinant: f32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < NODES; k++) {
    for (var j = 0u; j < NODES; j++) {
      let a = mixture[NODES + k];
      let b = mixture[NODES + j];
      sum += mixture[k] * mixture[j] * angleOf(q, sqrt(a * b + a * s + b * p + determinant));
    }
  }
  return sum / (2.0 * PI);
}

// E τ(r) sign(r*)/2
fn tauSign(q: f32, s: f32, determinant: f32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < NODES; k++) {
    sum += mixture[k] * angleOf(q, sqrt(mixture[NODES + k] * s + determinant));
  }
  return sum / (2.0 * PI);
}
