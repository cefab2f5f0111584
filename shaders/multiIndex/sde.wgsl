// The SDE of SGD (theory: multi-index models, section 1) by predictor and corrector, one workgroup per run,
// CHUNK·WIDTH ≥ ⌈d/4⌉; see src/models/multiIndex/sde.ts.

var<workgroup> stopped: u32;

// Moments at a state, and coefficients from them; every lane calls it, in uniform control flow.
fn evaluate(
  us: ptr<function, array<array<vec4f, COLUMNS>, CHUNK>>,
  roots: ptr<function, array<vec4f, CHUNK>>,
  stage: u32,
  t: f32,
  lane: u32,
) -> bool {
  for (var i = 0u; i < STUDENTS; i++) {
    for (var j = i; j < COLUMNS; j++) {
      var heavy = vec4f();
      for (var c = 0u; c < CHUNK; c++) {
        heavy += ((*roots)[c] * (*us)[c][i]) * ((*roots)[c] * (*us)[c][j]);
      }
      let total = sum4(heavy, lane);
      if (lane == 0u) {
        setMoment(i, j, total / f32(params.dimension));
      }
    }
  }
  if (lane == 0u) {
    setCoefficients(stage, t);
  }
  return workgroupUniformLoad(&diverged) == 0u;
}

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + group.x;
  var us: array<array<vec4f, COLUMNS>, CHUNK>;
  var roots: array<vec4f, CHUNK>;
  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blockCount()) {
      roots[c] = root[j];
      for (var a = 0u; a < COLUMNS; a++) {
        us[c][a] = columnAt(run, a, j);
      }
    }
  }
  if (lane == 0u) {
    setTeacherMoments();
    stopped = blowUpStep[run];
  }
  var stop = workgroupUniformLoad(&stopped);

  if (stop == ALIVE) {
    for (var k = 0u; k < span.steps && stop == ALIVE; k++) {
      let step = span.step + k;
      let t = span.t + f32(k) * span.dt;
      var alive = evaluate(&us, &roots, 0u, t, lane);
      var z: array<array<vec4f, STUDENTS>, CHUNK>;
      var next: array<array<vec4f, COLUMNS>, CHUNK>;
      for (var c = 0u; c < CHUNK; c++) {
        z[c] = drawAll(lane + c * WIDTH, step, run);
        var block = us[c];
        var own = z[c];
        next[c] = ahead(&block, &own, roots[c]);
      }
      alive = evaluate(&next, &roots, 1u, t, lane) && alive;
      for (var c = 0u; c < CHUNK; c++) {
        var block = us[c];
        var predicted = next[c];
        var own = z[c];
        if (alive) {
          us[c] = corrected(&block, &predicted, &own, roots[c]);
        }
      }
      stop = select(step, ALIVE, alive);
    }
  }

  for (var c = 0u; c < CHUNK; c++) {
    let j = lane + c * WIDTH;
    if (j < blockCount()) {
      for (var a = 0u; a < STUDENTS; a++) {
        errors[place(run, a, j)] = us[c][a];
      }
    }
  }
  if (lane == 0u) {
    blowUpStep[run] = stop;
  }
  if (span.slot != NO_SLOT) {
    recordColumns(&us, &roots, run, stop, lane);
  }
}
