// Streaming SGD (theory: multi-index models, section 0), one workgroup per run, CHUNK·WIDTH ≥ ⌈d/4⌉.

var<workgroup> stopped: u32;

@compute @workgroup_size(WIDTH)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let run = span.run + group.x;
  let rootD = sqrt(f32(params.dimension));

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
    stopped = blowUpStep[run];
  }
  var stop = workgroupUniformLoad(&stopped);

  if (stop == ALIVE) {
    for (var k = 0u; k < span.steps; k++) {
      let step = span.step + k;
      // Explicit: without a value, some compilers zero it for the first step alone.
      var gradient = array<vec4f, CHUNK * STUDENTS>();
      for (var sample = 0u; sample < params.batchSize; sample++) {
        var x: array<vec4f, CHUNK>;
        for (var c = 0u; c < CHUNK; c++) {
          x[c] = roots[c] * draw(lane + c * WIDTH, step, run, STREAM_FEATURES, sample);
        }
        var outputs: array<f32, COLUMNS>;
        for (var a = 0u; a < COLUMNS; a++) {
          var product = vec4f();
          for (var c = 0u; c < CHUNK; c++) {
            product += x[c] * us[c][a];
          }
          outputs[a] = sum4(product, lane) / rootD;
          if (stop == ALIVE && exceeds(outputs[a], params.largest)) {
            stop = step;
          }
        }
        let slopes = slopesOf(outputs, labelOf(step, run, sample));
        for (var a = 0u; a < STUDENTS; a++) {
          for (var c = 0u; c < CHUNK; c++) {
            gradient[a * CHUNK + c] += slopes[a] * x[c];
          }
        }
      }
      if (stop == ALIVE) {
        let now = stepSizeAt(span.t + f32(k) * span.dt);
        let scale = now / (f32(params.batchSize) * rootD);
        let shrink = now * params.ridge / f32(params.dimension);
        for (var a = 0u; a < STUDENTS; a++) {
          for (var c = 0u; c < CHUNK; c++) {
            us[c][a] -= scale * gradient[a * CHUNK + c] + shrink * studentOf(us[c][a], us[c][starOf(a)]);
          }
        }
      }
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
