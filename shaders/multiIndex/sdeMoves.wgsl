// Moves of one block of all columns in a step of the SDE.

// λU·drift + decay·X of student a, with the coefficients of a stage.
fn driftOf(stage: u32, block: ptr<function, array<vec4f, COLUMNS>>, scale: vec4f, a: u32) -> vec4f {
  var total = vec4f();
  for (var b = 0u; b < COLUMNS; b++) {
    total += drift[stage][b * STUDENTS + a] * (*block)[b];
  }
  return scale * (scale * total) + decay[stage] * studentOf((*block)[a], (*block)[starOf(a)]);
}

// √λ·noise·z of student a.
fn noiseOf(stage: u32, z: ptr<function, array<vec4f, STUDENTS>>, scale: vec4f, a: u32) -> vec4f {
  var total = vec4f();
  for (var b = 0u; b <= a; b++) {
    total += noise[stage][a * STUDENTS + b] * (*z)[b];
  }
  return scale * total;
}

// The normals of block j.
fn drawAll(j: u32, step: u32, run: u32) -> array<vec4f, STUDENTS> {
  var z: array<vec4f, STUDENTS>;
  for (var a = 0u; a < STUDENTS; a++) {
    z[a] = draw(j, step, run, STREAM_BROWNIAN, a);
  }
  return z;
}

// The block at the predicted end of the step: teachers stay.
fn ahead(block: ptr<function, array<vec4f, COLUMNS>>, z: ptr<function, array<vec4f, STUDENTS>>, scale: vec4f) -> array<vec4f, COLUMNS> {
  var result = *block;
  for (var a = 0u; a < STUDENTS; a++) {
    result[a] -= driftOf(0u, block, scale, a) + noiseOf(0u, z, scale, a);
  }
  return result;
}

// The block at the end of the step, from those at its start and at its predicted end.
fn corrected(
  block: ptr<function, array<vec4f, COLUMNS>>,
  predicted: ptr<function, array<vec4f, COLUMNS>>,
  z: ptr<function, array<vec4f, STUDENTS>>,
  scale: vec4f,
) -> array<vec4f, COLUMNS> {
  var result = *block;
  for (var a = 0u; a < STUDENTS; a++) {
    let mean = 0.5 * (driftOf(0u, block, scale, a) + driftOf(1u, predicted, scale, a));
    result[a] -= mean + noiseOf(1u, z, scale, a);
  }
  return result;
}
