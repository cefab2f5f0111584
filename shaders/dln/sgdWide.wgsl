// Streaming SGD with many workgroups per run, one dispatch per step: adds up the products ⟨x, e⟩ of step k, updates
// with x drawn again, and leaves the products of step k + 1. With no step to take it only leaves those of step k.
// BATCH_ROOM, the largest batch size, comes before: it is zeroed in every dispatch.

var<workgroup> residuals: array<f32, BATCH_ROOM>;

// Block j of sample number `sample`.
fn drawSample(j: u32, step: u32, run: u32, sample: u32) -> vec4f {
  let counter = vec4u(j, step, numberOf(run), STREAM_FEATURES);
  return sqrt(eigenvalue[j]) * features(counter, vec4u(params.seed, 0u, sample, 0u), params.degreesOfFreedom);
}

@compute @workgroup_size(WIDTH)
fn advance(@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32) {
  let group = id + vec3u(span.part, span.run, 0u);
  let run = group.y;
  let blocks = blockCount();
  let first = firstBlock(group, lane);
  let rootD = sqrt(f32(params.dimension));
  let next = span.step + span.steps;

  var beyond = 0.0;
  if (span.steps == 0u) {
    beyond = select(0.0, 1.0, blowUpStep[run] != ALIVE);
  } else {
    for (var sample = lane; sample < params.batchSize; sample += WIDTH) {
      var residual = total(run, span.step, sample) / rootD;
      if (params.labelNoise > 0.0) {
        residual -= params.labelNoise * draw(0u, span.step, run, STREAM_LABEL_NOISE, sample).x;
      }
      residuals[sample] = residual;
      beyond += select(0.0, 1.0, exceeds(residual, largestResidual()));
    }
  }
  // Its barriers also show every lane all residuals.
  let stop = sum(beyond, lane) > 0.0;

  if (!stop && span.steps > 0u) {
    let scale = stepSizeAt(span.t) / (f32(params.batchSize) * rootD);
    for (var j = first; j < blocks; j += STRIDE) {
      var gradient = vec4f();
      for (var sample = 0u; sample < params.batchSize; sample++) {
        gradient += residuals[sample] * drawSample(j, span.step, run, sample);
      }
      let at = run * blocks + j;
      let g = scale * gradient;
      let a = u[at];
      let b = v[at];
      u[at] = a - g * b;
      v[at] = b - g * a;
      error[at] += g * (g * a * b - (a * a + b * b));
    }
  }
  for (var sample = 0u; sample < params.batchSize; sample++) {
    var product = vec4f();
    if (!stop) {
      for (var j = first; j < blocks; j += STRIDE) {
        product += drawSample(j, next, run, sample) * error[run * blocks + j];
      }
    }
    let part = sum4(product, lane);
    if (lane == 0u) {
      partials[partialAt(run, next, sample, group.x)] = select(part, DIVERGED, stop);
    }
  }
  // Only this lane ever reads or writes it while steps are taken.
  if (stop && span.steps > 0u && group.x == 0u && lane == 0u && blowUpStep[run] == ALIVE) {
    blowUpStep[run] = span.step;
  }
}

fn addBlock(sums: ptr<function, Summands>, run: u32, j: u32) {
  let at = run * blockCount() + j;
  addWeights(sums, u[at], v[at], error[at], j);
}
