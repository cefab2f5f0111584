// s(r) = tanh r

fn activate(r: f32) -> f32 {
  return tangent(r);
}

fn activationSlope(r: f32) -> f32 {
  let s = tangent(r);
  return 1.0 - s * s;
}
