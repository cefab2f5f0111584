// s(r) = erf(r/√2)

fn activate(r: f32) -> f32 {
  return erf(0.7071067811865476 * r);
}

fn activationSlope(r: f32) -> f32 {
  return 0.7978845608028654 * exp(-0.5 * min(r * r, 160.0));
}
