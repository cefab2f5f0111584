// Outputs of student and teacher and what follows from them (theory: multi-pass SGD, section 6): f = Σ a s(r) and
// f* = Σ s(r*), with the activation s and its slope from activations/, loss, slope and label from losses/.

fn outputOf(r: array<f32, UNITS>) -> f32 {
  var output = 0.0;
  for (var a = 0u; a < UNITS; a++) {
    output += secondLayer[a] * activate(r[a]);
  }
  return output;
}

// ∂ℓ/∂r of every unit.
fn gradientOf(r: array<f32, UNITS>, label: f32) -> array<f32, UNITS> {
  let slope = slopeOf(outputOf(r), label);
  var gradient: array<f32, UNITS>;
  for (var a = 0u; a < UNITS; a++) {
    gradient[a] = slope * secondLayer[a] * activationSlope(r[a]);
  }
  return gradient;
}

// y of sample i with preactivations r of the teacher.
fn labelOf(run: u32, i: u32, r: array<f32, TEACHERS>) -> f32 {
  var output = 0.0;
  for (var a = 0u; a < TEACHERS; a++) {
    output += activate(r[a]);
  }
  return labelFrom(output, noiseOf(run, i));
}

fn runsAway(r: array<f32, UNITS>) -> bool {
  var beyond = false;
  for (var a = 0u; a < UNITS; a++) {
    beyond = beyond || exceeds(r[a], RUNAWAY);
  }
  return beyond;
}
