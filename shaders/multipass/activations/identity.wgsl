// s(r) = r

fn activate(r: f32) -> f32 {
  return r;
}

fn activationSlope(r: f32) -> f32 {
  return 1.0;
}
