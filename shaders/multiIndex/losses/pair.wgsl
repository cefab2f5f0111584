// The plane that one student and one teacher span, exact as X → X* and as X ∥ X*. Twin of src/models/multiIndex/pair.ts.

struct Pair {
  // ⟨λ(X − X*)²⟩, ⟨λ(X − X*)X*⟩
  error: f32,
  cross: f32,
  // ⟨λX²⟩, ⟨λXX*⟩, ⟨λX*²⟩
  p: f32,
  q: f32,
  s: f32,
  // ps − q²
  determinant: f32,
  // Between student and teacher.
  angle: f32,
}

fn pairOf() -> Pair {
  let error = moments[0];
  let cross = moments[1];
  let s = moments[3];
  let q = s + cross;
  let determinant = max(error * s - cross * cross, 0.0);
  return Pair(error, cross, max(s + 2.0 * cross + error, 0.0), q, s, determinant, angleOf(sqrt(determinant), q));
}

// x − sin x
fn sineGap(x: f32) -> f32 {
  if (abs(x) > 1.0) {
    return x - sin(x);
  }
  let q = x * x;
  return x * q * (1.0 / 6.0 - q * (1.0 / 120.0 - q * (1.0 / 5040.0 - q * (1.0 / 362880.0 - q / 39916800.0))));
}

// sin x − x cos x
fn arcGap(x: f32) -> f32 {
  if (abs(x) > 1.0) {
    return sin(x) - x * cos(x);
  }
  let q = x * x;
  return x * q * (1.0 / 3.0 - q * (1.0 / 30.0 - q * (1.0 / 840.0 - q * (1.0 / 45360.0 - q / 3991680.0))));
}

// √(s/p) sin θ
fn tiltOf(pair: Pair) -> f32 {
  return sqrt(pair.determinant) / pair.p;
}

// θ − √(s/p) sin θ
fn tiltGap(pair: Pair) -> f32 {
  let excess = 2.0 * pair.cross + pair.error;
  let shrink = excess / (sqrt(pair.p) * (sqrt(pair.p) + sqrt(pair.s)));
  return sineGap(pair.angle) + shrink * sin(pair.angle);
}
