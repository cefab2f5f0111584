// Smooth functions that losses and activations share, with absolute errors of 1e-7.

// tanh x; its exponential must not overflow.
fn tangent(x: f32) -> f32 {
  return 1.0 - 2.0 / (exp(2.0 * clamp(x, -10.0, 10.0)) + 1.0);
}

// exp(−|x|)
fn decayOf(x: f32) -> f32 {
  return exp(-min(abs(x), 80.0));
}

// ln(1 + eˣ). The rest beyond max(x, 0) is ln(1 + s) = 2 artanh(s/(2 + s)) with s = exp(−|x|), with the relative
// precision that logarithms of numbers near 1 do not have.
fn softplus(x: f32) -> f32 {
  let s = decayOf(x);
  let z = s / (2.0 + s);
  let q = z * z;
  let tail = q * (1.0 / 7.0 + q * (1.0 / 9.0 + q * (1.0 / 11.0 + q * (1.0 / 13.0))));
  return max(x, 0.0) + 2.0 * z * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + tail)));
}

// 1/(1 + e⁻ˣ)
fn logistic(x: f32) -> f32 {
  let s = decayOf(x);
  return select(s, 1.0, x > 0.0) / (1.0 + s);
}
