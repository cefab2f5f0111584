// s(r) = ln(1 + eʳ)

fn activate(r: f32) -> f32 {
  return softplus(r);
}

fn activationSlope(r: f32) -> f32 {
  return logistic(r);
}
