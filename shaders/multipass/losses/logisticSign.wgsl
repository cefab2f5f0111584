// ℓ = ln(1 + exp(−y f)), y = sgn(f* + σε).

fn labelFrom(output: f32, noise: f32) -> f32 {
  return select(1.0, -1.0, output + noise < 0.0);
}

fn lossOf(output: f32, label: f32) -> f32 {
  return softplus(-label * output);
}

fn slopeOf(output: f32, label: f32) -> f32 {
  return -label * logistic(-label * output);
}
