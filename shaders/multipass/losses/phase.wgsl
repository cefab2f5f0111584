// ℓ = (tanh f² − y)²/2, y = tanh f*² + σε.

fn labelFrom(output: f32, noise: f32) -> f32 {
  return tangent(output * output) + noise;
}

fn lossOf(output: f32, label: f32) -> f32 {
  let residual = tangent(output * output) - label;
  return 0.5 * residual * residual;
}

fn slopeOf(output: f32, label: f32) -> f32 {
  let g = tangent(output * output);
  return (g - label) * 2.0 * output * (1.0 - g * g);
}
