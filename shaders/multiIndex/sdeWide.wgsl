// The SDE as in sde.wgsl, with many workgroups per run and two dispatches per step: `predict` leaves the moments of
// the predicted state, `correct` takes the step and leaves the moments of the next one. With no step to take `correct`
// only leaves the moments as they are.

// Sums over a lane's blocks, by pair of columns with a student.
alias Sums = array<vec4f, MOVING>;

fn addBlock(sums: ptr<function, Sums>, block: ptr<function, array<vec4f, COLUMNS>>, scale: vec4f) {
  var pair = 0u;
  for (var i = 0u; i < STUDENTS; i++) {
    for (var j = i; j < COLUMNS; j++) {
      (*sums)[pair] += (scale * (*block)[i]) * (scale * (*block)[j]);
      pair++;
    }
  }
}

// Leaves the sums from row `first` on for the dispatches of step `step`.
fn leave(sums: ptr<function, Sums>, run: u32, step: u32, first: u32, part: u32, stop: bool, lane: u32) {
  for (var pair = 0u; pair < MOVING; pair++) {
    let result = sum4((*sums)[pair], lane);
    if (lane == 0u) {
      partials[partialAt(run, step, first + pair, part)] = select(result, DIVERGED, stop);
    }
  }
}

// Coefficients of a stage, from the sums that were left for it.
fn evaluate(stage: u32, run: u32, lane: u32) {
  var pair = 0u;
  for (var i = 0u; i < STUDENTS; i++) {
    for (var j = i; j < COLUMNS; j++) {
      if (pair % WIDTH == lane) {
        setMoment(i, j, total(run, span.step, stage * MOVING + pair) / f32(params.dimension));
      }
      pair++;
    }
  }
  if (lane == 0u) {
    setTeacherMoments();
  }
  workgroupBarrier();
  if (lane == 0u) {
    setCoefficients(stage, span.t);
  }
  workgroupBarrier();
}

@compute @workgroup_size(WIDTH)
fn predict(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  evaluate(0u, run, lane);
  var sums = Sums();
  for (var j = firstBlock(group, lane); j < blockCount(); j += STRIDE) {
    var block = blockAt(run, j);
    var z = drawAll(j, span.step, run);
    var predicted = ahead(&block, &z, root[j]);
    addBlock(&sums, &predicted, root[j]);
  }
  leave(&sums, run, span.step, MOVING, group.x, false, lane);
}

@compute @workgroup_size(WIDTH)
fn correct(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let steps = span.steps > 0u;
  if (steps) {
    evaluate(0u, run, lane);
    evaluate(1u, run, lane);
  }
  var stop = diverged != 0u;
  if (!steps) {
    stop = blowUpStep[run] != ALIVE;
  }
  var sums = Sums();
  for (var j = firstBlock(group, lane); j < blockCount() && !stop; j += STRIDE) {
    var block = blockAt(run, j);
    if (steps) {
      var z = drawAll(j, span.step, run);
      var predicted = ahead(&block, &z, root[j]);
      block = corrected(&block, &predicted, &z, root[j]);
      for (var a = 0u; a < STUDENTS; a++) {
        errors[place(run, a, j)] = block[a];
      }
    }
    addBlock(&sums, &block, root[j]);
  }
  leave(&sums, run, span.step + span.steps, 0u, group.x, stop, lane);
  if (stop && steps && group.x == 0u && lane == 0u && blowUpStep[run] == ALIVE) {
    blowUpStep[run] = span.step;
  }
}
