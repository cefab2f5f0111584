// Streaming SGD with many workgroups per run, one dispatch per step: adds up the outputs of step k, updates with x
// drawn again, and leaves the outputs of step k + 1. With no step to take it only leaves those of step k.

// Samples whose slopes are held at once.
const TILE = 256u;

var<workgroup> slopes: array<f32, TILE * STUDENTS>;

// Outputs of a sample of this step.
fn outputsOf(run: u32, sample: u32) -> array<f32, COLUMNS> {
  var outputs: array<f32, COLUMNS>;
  for (var a = 0u; a < COLUMNS; a++) {
    outputs[a] = total(run, span.step, sample * COLUMNS + a) / sqrt(f32(params.dimension));
  }
  return outputs;
}

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let blocks = blockCount();
  let first = firstBlock(group, lane);
  let next = span.step + span.steps;

  var beyond = select(0.0, 1.0, span.steps == 0u && blowUpStep[run] != ALIVE);
  for (var sample = lane; sample < params.batchSize && span.steps > 0u; sample += WIDTH) {
    var outputs = outputsOf(run, sample);
    for (var a = 0u; a < COLUMNS; a++) {
      beyond += select(0.0, 1.0, exceeds(outputs[a], params.largest));
    }
  }
  let stop = sum(beyond, lane) > 0.0;

  if (span.steps > 0u) {
    let now = stepSizeAt(span.t);
    let scale = now / (f32(params.batchSize) * sqrt(f32(params.dimension)));
    let shrink = now * params.ridge / f32(params.dimension);
    for (var start = 0u; start < params.batchSize; start += TILE) {
      let count = min(TILE, params.batchSize - start);
      for (var sample = lane; sample < count; sample += WIDTH) {
        let own = slopesOf(outputsOf(run, start + sample), labelOf(span.step, run, start + sample));
        for (var a = 0u; a < STUDENTS; a++) {
          slopes[sample * STUDENTS + a] = own[a];
        }
      }
      workgroupBarrier();
      for (var j = first; j < blocks && !stop; j += STRIDE) {
        // Explicit: without a value, some compilers zero it in the first round of the loop alone.
        var gradient = array<vec4f, STUDENTS>();
        for (var sample = 0u; sample < count; sample++) {
          let x = root[j] * draw(j, span.step, run, STREAM_FEATURES, start + sample);
          for (var a = 0u; a < STUDENTS; a++) {
            gradient[a] += slopes[sample * STUDENTS + a] * x;
          }
        }
        var block = blockAt(run, j);
        for (var a = 0u; a < STUDENTS; a++) {
          // Once, with X as it was.
          let share = select(0.0, shrink, start == 0u);
          errors[place(run, a, j)] = block[a] - scale * gradient[a] - share * studentOf(block[a], block[starOf(a)]);
        }
      }
      workgroupBarrier();
    }
  }
  for (var sample = 0u; sample < params.batchSize; sample++) {
    var products = array<vec4f, COLUMNS>();
    for (var j = first; j < blocks && !stop; j += STRIDE) {
      let x = root[j] * draw(j, next, run, STREAM_FEATURES, sample);
      for (var a = 0u; a < COLUMNS; a++) {
        products[a] += x * columnAt(run, a, j);
      }
    }
    for (var a = 0u; a < COLUMNS; a++) {
      let part = sum4(products[a], lane);
      if (lane == 0u) {
        partials[partialAt(run, next, sample * COLUMNS + a, group.x)] = select(part, DIVERGED, stop);
      }
    }
  }
  // Only this lane ever reads or writes it while steps are taken.
  if (stop && span.steps > 0u && group.x == 0u && lane == 0u && blowUpStep[run] == ALIVE) {
    blowUpStep[run] = span.step;
  }
}
