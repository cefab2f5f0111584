// ℓ = (tanh f − y)²/2, y = tanh f* + σε.

fn labelFrom(output: f32, noise: f32) -> f32 {
  return tangent(output) + noise;
}

fn lossOf(output: f32, label: f32) -> f32 {
  let residual = tangent(output) - label;
  return 0.5 * residual * residual;
}

fn slopeOf(output: f32, label: f32) -> f32 {
  let g = tangent(output);
  return (g - label) * (1.0 - g * g);
}
