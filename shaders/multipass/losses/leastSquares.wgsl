// ℓ = (f − y)²/2, y = f* + σε.

fn labelFrom(output: f32, noise: f32) -> f32 {
  return output + noise;
}

fn lossOf(output: f32, label: f32) -> f32 {
  return 0.5 * (output - label) * (output - label);
}

fn slopeOf(output: f32, label: f32) -> f32 {
  return output - label;
}
